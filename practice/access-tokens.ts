import { createHmac } from 'node:crypto'

const STAMP_LENGTH = 9
const TOKEN_LENGTH = 32

/**
 * Makes access tokens that prove themselves: a timestamp and its MAC under a key made from the credentials.
 * Needs no storage, so a token stays valid when the practice broker restarts. A restart forgets revocations.
 */
export class AccessTokens {
  readonly #key: string
  readonly #now: () => number
  readonly #livesSince: (now: number) => number
  readonly #revoked = new Set<string>()
  #lastStamp = 0
  #allDeadUpTo = 0

  /**
   * @param secrets key material, so that no other customer's tokens are valid
   * @param livesSince returns the earliest creation time of a token still valid at a moment; both in epoch
   * milliseconds
   */
  constructor(secrets: readonly string[], now: () => number, livesSince: (now: number) => number) {
    this.#key = JSON.stringify(secrets)
    this.#now = now
    this.#livesSince = livesSince
  }

  /** Returns a new token of 32 characters, different each time even when the clock stands still. */
  mint(): string {
    return this.#sign(this.#nextStamp().toString(36).padStart(STAMP_LENGTH, '0'))
  }

  /** Tells whether the token was made here, is not revoked and not too old. */
  isLive(token: string): boolean {
    const stampText = token.slice(0, STAMP_LENGTH)
    const stamp = parseInt(stampText, 36)
    const isOurs = token === this.#sign(stampText)
    const isRevoked = this.#revoked.has(token) || stamp <= this.#allDeadUpTo
    return isOurs && !isRevoked && stamp >= this.#livesSince(this.#now())
  }

  /** Ends one token before its time. */
  revoke(token: string): void {
    this.#revoked.add(token)
  }

  /** Revokes all tokens made so far, those before a restart included. */
  revokeAll(): void {
    this.#allDeadUpTo = this.#nextStamp()
  }

  #nextStamp(): number {
    this.#lastStamp = Math.max(Math.floor(this.#now()), this.#lastStamp + 1)
    return this.#lastStamp
  }

  #sign(stampText: string): string {
    const mac = createHmac('sha256', this.#key).update(stampText).digest('hex')
    return (stampText + mac).slice(0, TOKEN_LENGTH)
  }
}
