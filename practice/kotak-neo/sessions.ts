import { AccessTokens } from '../access-tokens.ts'
import { claimsOf, signedJwt } from './jwt.ts'

/** A session as Kotak issues it: neither half is valid without the other. */
export interface Session {
  /** A JWT. */
  readonly token: string
  readonly sid: string
}

/**
 * Holds sessions of one kind. Their ids are access tokens, so sessions survive a restart with the same secrets.
 */
export class Sessions {
  readonly #key: string
  readonly #now: () => number
  readonly #expiryOf: (madeAt: number) => number
  readonly #ids: AccessTokens

  /**
   * @param secrets key material, so that no other customer's sessions are valid
   * @param expiryOf returns when a session opened at a moment ends; both in epoch milliseconds
   */
  constructor(secrets: readonly string[], now: () => number, expiryOf: (madeAt: number) => number) {
    this.#key = JSON.stringify(secrets)
    this.#now = now
    this.#expiryOf = expiryOf
    // The token holds the expiry, so the ids alone never expire.
    this.#ids = new AccessTokens(secrets, now, () => 0)
  }

  /** Opens a new session. */
  open(): Session {
    const sid = this.#ids.mint()
    const madeAt = this.#now()
    const claims = { sid, iat: seconds(madeAt), exp: seconds(this.#expiryOf(madeAt)) }
    return { token: signedJwt(claims, this.#key), sid }
  }

  /** Tells whether token and sid belong to one session of this broker that has not ended. */
  isLive(session: Session): boolean {
    const claims = claimsOf(session.token, this.#key)
    const isInTime = claims !== undefined && this.#now() < claims.exp * 1000
    return isInTime && this.isOurs(session) && this.#ids.isLive(session.sid)
  }

  /** Tells whether token and sid belong to one session of this broker, ended or not. */
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
