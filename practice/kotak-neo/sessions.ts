import { AccessTokens } from '../access-tokens.ts'
import { claimsOf, signedJwt } from './jwt.ts'

/** A session as Kotak hands it out: neither half is good without the other. */
export interface Session {
  /** A JWT. */
  readonly token: string
  readonly sid: string
}

/** Sessions of one kind. Like the access tokens that are their ids, they outlive a restart on the same secrets. */
export class Sessions {
  readonly #key: string
  readonly #now: () => number
  readonly #expiryOf: (madeAt: number) => number
  readonly #ids: AccessTokens

  /**
   * @param secrets what makes these sessions nobody else's
   * @param expiryOf when a session ends that is opened at some moment; both in epoch milliseconds
   */
  constructor(secrets: readonly string[], now: () => number, expiryOf: (madeAt: number) => number) {
    this.#key = JSON.stringify(secrets)
    this.#now = now
    this.#expiryOf = expiryOf
    // How long one lives is said by the token, so the ids alone are good for ever.
    this.#ids = new AccessTokens(secrets, now, () => 0)
  }

  /** Opens a new one. */
  open(): Session {
    const sid = this.#ids.mint()
    const madeAt = this.#now()
    const claims = { sid, iat: seconds(madeAt), exp: seconds(this.#expiryOf(madeAt)) }
    return { token: signedJwt(claims, this.#key), sid }
  }

  /** Whether token and sid are of one session of ours that has not ended. */
  isLive(session: Session): boolean {
    const claims = claimsOf(session.token, this.#key)
    const isInTime = claims !== undefined && this.#now() < claims.exp * 1000
    return isInTime && this.isOurs(session) && this.#ids.isLive(session.sid)
  }

  /** Whether token and sid are of one session that was opened here, ended or not. */
  isOurs({ token, sid }: Session): boolean {
    return claimsOf(token, this.#key)?.sid === sid
  }

  /** Ends all sessions opened so far. */
  endAll(): void {
    this.#ids.revokeAll()
  }
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
