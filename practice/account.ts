import { generateSync, verifySync } from 'otplib'

/** What became of a password or a code. */
export type Verdict = 'right' | 'wrong' | 'blocked'

/** https://support.zerodha.com: "The Zerodha account is blocked after 5 incorrect 2FA entries." Others count alike. */
const WRONG_ENTRIES_ALLOWED = 5
const PERIOD_S = 30

/** A person's account at a broker: judges what is entered, and blocks itself after five wrong entries in sum. */
export class Account {
  wrongPasswords = 0
  wrongCodes = 0
  /** Time steps (RFC 6238) of the right codes that came in, refused repetitions included. */
  readonly codesSeen: number[] = []
  readonly #credentials: { readonly totp_secret: string }
  readonly #now: () => number
  #wrongEntries = 0
  #lastStep = -1

  constructor(credentials: { readonly totp_secret: string }, now: () => number) {
    this.#credentials = credentials
    this.#now = now
  }

  /** Notes that a password or PIN was entered, and whether it was right. */
  enterPassword(isRight: boolean): Verdict {
    if (this.#isBlocked()) return 'blocked'
    if (isRight) return 'right'
    this.wrongPasswords += 1
    return this.#wrongEntry()
  }

  /**
   * Checks a code of this time step or of one beside it. None is accepted twice, nor one older than the last
   * accepted: https://www.rfc-editor.org/rfc/rfc6238#section-5.2
   */
  enterCode(code: string): Verdict {
    if (this.#isBlocked()) return 'blocked'
    const step = this.#stepOf(code)
    if (step !== undefined) this.codesSeen.push(step)
    if (step !== undefined && step > this.#lastStep) {
      this.#lastStep = step
      return 'right'
    }
    this.wrongCodes += 1
    return this.#wrongEntry()
  }

  /** The code the person's authenticator or phone shows right now. */
  code(): string {
    return generateSync({ secret: this.#credentials.totp_secret, epoch: this.#epochSeconds() })
  }

  /** Forgets the wrong entries, as a password reset does. */
  unblock(): void {
    this.#wrongEntries = 0
  }

  #stepOf(code: string): number | undefined {
    if (!/^\d{6}$/.test(code)) return undefined
    const secret = this.#credentials.totp_secret
    const epoch = this.#epochSeconds()
    const result = verifySync({ secret, token: code, epoch, epochTolerance: PERIOD_S, period: PERIOD_S })
    return result.valid && 'timeStep' in result ? result.timeStep : undefined
  }

  #epochSeconds(): number {
    return Math.floor(this.#now() / 1000)
  }

  #isBlocked(): boolean {
    return this.#wrongEntries >= WRONG_ENTRIES_ALLOWED
  }

  #wrongEntry(): Verdict {
    this.#wrongEntries += 1
    return this.#isBlocked() ? 'blocked' : 'wrong'
  }
}
