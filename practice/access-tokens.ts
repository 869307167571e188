import { createHmac } from 'node:crypto'

const STAMP_LENGTH = 9
const TOKEN_LENGTH = 32

/**
 * Access tokens that prove themselves: the time they were made, and a MAC of it under a key made from
 * credentials. Nothing has to be kept, so a token stays good when the practice broker is restarted, as a
 * newcomer would expect. What was revoked is forgotten then.
 */
export class AccessTokens {
  readonly #key: string
  readonly #now: () => number
  readonly #livesSince: (now: number) => number
  readonly #revoked = new Set<string>()
  #lastStamp = 0
  #allDeadUpTo = 0

  /**
   * @param secrets what makes these tokens nobody else's
   * @param livesSince the earliest making of a token that is still good at some moment; both in epoch milliseconds
   */
  constructor(secrets: readonly string[], now: () => number, livesSince: (now: number) => number) {
    this.#key = JSON.stringify(secrets)
    this.#now = now
    this.#livesSince = livesSince
  }

  /** Makes a new one: 32 characters, never the same twice even when the clock stands still. */
  mint(): string {
    return this.#sign(this.#nextStamp().toString(36).padStart(STAMP_LENGTH, '0'))
  }

  /** Whether it is one of ours, not revoked, and not made too long ago. */
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

  /** Ends all tokens made so far, by this practice broker or by one before it. */
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
