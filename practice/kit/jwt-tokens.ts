import { createHmac } from 'node:crypto'
import { AccessTokens } from '../access-tokens.ts'

/** Makes JSON Web Tokens (RFC 7519) that prove themselves, so that they survive a restart. */
export class JwtTokens {
  readonly #key: string
  readonly #now: () => number
  readonly #expiryOf: (madeAt: number) => number
  readonly #ids: AccessTokens
  readonly #idClaim: string

  /**
   * @param secrets key material, so that no other customer's tokens are valid
   * @param expiryOf returns when a token made at a moment ends; both in epoch milliseconds
   * @param idClaim the claim that holds a token's id
   */
  constructor(
    secrets: readonly string[],
    now: () => number,
    expiryOf: (madeAt: number) => number,
    idClaim = 'jti',
  ) {
    this.#key = JSON.stringify(secrets)
    this.#now = now
    this.#expiryOf = expiryOf
    this.#idClaim = idClaim
    // The token holds the expiry, so the ids alone never expire.
    this.#ids = new AccessTokens(secrets, now, () => 0)
  }

  /** Returns a new token with further claims. */
  mint(claims: Readonly<Record<string, unknown>> = {}): string {
    const madeAt = this.#now()
    const own = {
      [this.#idClaim]: this.#ids.mint(),
      iat: seconds(madeAt),
      exp: seconds(this.#expiryOf(madeAt)),
    }
    return this.sign({ ...own, ...claims })
  }

  /** Returns a signed token with these claims alone. */
  sign(claims: Readonly<Record<string, unknown>>): string {
    const signed = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`
    return `${signed}.${this.#signatureOf(signed)}`
  }

  /** Returns the claims of a token that was signed here; null for any other text. */
  claimsOf(token: string): Readonly<Record<string, unknown>> | null {
    const [header = '', payload = '', ...rest] = token.split('.')
    if (rest.join('.') !== this.#signatureOf(`${header}.${payload}`)) return null
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null ? { ...claims } : null
  }

  /** Tells whether a token was made here and has neither expired nor been revoked. */
  isLive(token: string): boolean {
    const claims = this.claimsOf(token)
    const [id, exp] = [claims?.[this.#idClaim], claims?.['exp']]
    return (
      typeof id === 'string' && typeof exp === 'number' && this.#now() < exp * 1000 && this.#ids.isLive(id)
    )
  }

  /** Ends one token before its time. */
  revoke(token: string): void {
    const id = this.claimsOf(token)?.[this.#idClaim]
    if (typeof id === 'string') this.#ids.revoke(id)
  }

  /** Ends all tokens made so far. */
  revokeAll(): void {
    this.#ids.revokeAll()
  }

  #signatureOf(signed: string): string {
    return createHmac('sha256', this.#key).update(signed).digest('base64url')
  }
}

const seconds = (ms: number): number => Math.floor(ms / 1000)
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
