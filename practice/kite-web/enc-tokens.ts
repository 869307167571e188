import { AccessTokens } from '../access-tokens.ts'
import { lastIst } from '../ist.ts'

/** What makes 88 characters of a token, with the signs of base64 that cookies and headers have to bear. */
const TAIL = `${'+/'.repeat(27)}==`

/**
 * The enctokens of one person. Kite keeps one web session: who signs in anew has signed the other browser out
 * (https://github.com/iRavinderBrar/Kite_Zerodha/issues/9).
 */
export class EncTokens {
  readonly #tokens: AccessTokens

  /** @param secrets what makes these tokens nobody else's */
  constructor(secrets: readonly string[], now: () => number) {
    // Kite signs everybody out once a day. Zerodha does not say when; that access tokens end at 06:00, it does.
    this.#tokens = new AccessTokens(secrets, now, (at) => lastIst(6, at))
  }

  /** Makes a new one, and ends the one before. */
  issue(): string {
    this.#tokens.revokeAll()
    return this.#tokens.mint() + TAIL
  }

  isLive(enctoken: string): boolean {
    return enctoken.endsWith(TAIL) && this.#tokens.isLive(enctoken.slice(0, -TAIL.length))
  }

  /** Ends the session, as when Kite is opened in another browser. */
  end(): void {
    this.#tokens.revokeAll()
  }
}
