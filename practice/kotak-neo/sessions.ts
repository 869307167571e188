import { JwtTokens } from '../kit/jwt-tokens.ts'

/** A session as Kotak issues it: neither half is valid without the other. */
export interface Session {
  /** A JWT. */
  readonly token: string
  readonly sid: string
}

/** Holds sessions of one kind, which survive a restart with the same secrets. */
export class Sessions {
  readonly #tokens: JwtTokens

  /**
   * @param secrets key material, so that no other customer's sessions are valid
   * @param expiryOf returns when a session opened at a moment ends; both in epoch milliseconds
   */
  constructor(secrets: readonly string[], now: () => number, expiryOf: (madeAt: number) => number) {
    this.#tokens = new JwtTokens(secrets, now, expiryOf, 'sid')
  }

  /** Opens a new session. */
  open(): Session {
    const token = this.#tokens.mint()
    return { token, sid: String(this.#tokens.claimsOf(token)?.['sid']) }
  }

  /** Tells whether token and sid belong to one session of this broker that has not ended. */
  isLive(session: Session): boolean {
    return this.isOurs(session) && this.#tokens.isLive(session.token)
  }

  /** Tells whether token and sid belong to one session of this broker, ended or not. */
  isOurs({ token, sid }: Session): boolean {
    return this.#tokens.claimsOf(token)?.['sid'] === sid
  }

  /** Ends all sessions opened so far. */
  endAll(): void {
    this.#tokens.revokeAll()
  }
}
