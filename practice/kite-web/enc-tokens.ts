import { AccessTokens } from '../access-tokens.ts'
import { lastIst } from '../ist.ts'

/** Pads a token to 88 characters with the signs of base64, which cookies and headers must carry. */
const TAIL = `${'+/'.repeat(27)}==`

/**
 * Holds the enctokens of one person. Kite keeps one web session: a new login signs the other browser out
 * (https://github.com/iRavinderBrar/Kite_Zerodha/issues/9).
 */
export class EncTokens {
  readonly #tokens: AccessTokens

  /** @param secrets key material, so that no other customer's tokens are valid */
  constructor(secrets: readonly string[], now: () => number) {
    // Kite ends all sessions once a day. Zerodha names no time for it, but says that access tokens end at 06:00.
    this.#tokens = new AccessTokens(secrets, now, (at) => lastIst(6, at))
  }

  /** Returns a new token and revokes the previous one. */
  issue(): string {
    this.#tokens.revokeAll()
    return this.#tokens.mint() + TAIL
  }

  isLive(enctoken: string): boolean {
    return enctoken.endsWith(TAIL) && this.#tokens.isLive(enctoken.slice(0, -TAIL.length))
  }

  /** Ends the session, as a login in another browser does. */
  end(): void {
    this.#tokens.revokeAll()
  }
}
