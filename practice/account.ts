import { generateSync, verifySync } from 'otplib'

/** What became of a password or a code. */
export type Verdict = 'right' | 'wrong' | 'blocked'

/** https://support.zerodha.com: "The Zerodha account is blocked after 5 incorrect 2FA entries." Others count alike. */
const ATTEMPTS = 5
const PERIOD_S = 30

/** Counts the wrong entries of a person, and blocks the account after five in sum. */
export class Tries {
  wrongPasswords = 0
  wrongCodes = 0
  #attemptsLeft = ATTEMPTS

  /** The wrong entries that are still allowed; the last of them blocks the account. */
  get attemptsLeft(): number {
    return this.#attemptsLeft
  }

  get isBlocked(): boolean {
    return this.#attemptsLeft === 0
  }

  /** Notes that a password or PIN was entered, and whether it was right. */
  enterPassword(isRight: boolean): Verdict {
    if (this.isBlocked) return 'blocked'
    if (isRight) return 'right'
    this.wrongPasswords += 1
    return this.#wrongEntry()
  }

  /** Notes that a code was entered, and whether it was right. */
  noteCode(isRight: boolean): Verdict {
    if (this.isBlocked) return 'blocked'
    if (isRight) return 'right'
    this.wrongCodes += 1
    return this.#wrongEntry()
  }

  /** Forgets the wrong entries, as a password reset does. */
  unblock(): void {
    this.#attemptsLeft = ATTEMPTS
  }

  #wrongEntry(): Verdict {
    this.#attemptsLeft -= 1
    return this.isBlocked ? 'blocked' : 'wrong'
  }
}

/** A person's account with an authenticator at a broker: judges the codes that are entered. */
export class Account extends Tries {
  /** Time steps (RFC 6238) of the right codes that came in, refused repetitions included. */
  readonly codesSeen: number[] = []
  readonly #credentials: { readonly totp_secret: string }
  readonly #now: () => number
  #lastStep = -1

  constructor(credentials: { readonly totp_secret: string }, now: () => number) {
    super()
    this.#credentials = credentials
    this.#now = now
  }

  /**
   * Checks a code of this time step or of one beside it. None is accepted twice, nor one older than the last
   * accepted: https://www.rfc-editor.org/rfc/rfc6238#section-5.2
   */
  enterCode(code: string): Verdict {
    if (this.isBlocked) return 'blocked'
    const step = this.#stepOf(code)
    if (step === undefined) return this.noteCode(false)
    this.codesSeen.push(step)
    const isNew = step > this.#lastStep
    if (isNew) this.#lastStep = step
    return this.noteCode(isNew)
  }

  /** Uses the code of this moment up, as when the person has just logged in by hand somewhere else. */
  useUpCode(): void {
    this.#lastStep = Math.max(this.#lastStep, Math.floor(this.#epochSeconds() / PERIOD_S))
  }

  /** The code the person's authenticator or phone shows right now. */
  code(): string {
    return generateSync({ secret: this.#credentials.totp_secret, epoch: this.#epochSeconds() })
  }

  #stepOf(code: string): number | undefined {
    if (!/^\d{6}$/.test(code)) return undefined
    const secret = this.#credentials.totp_secret
    const epoch = this.#epochSeconds()
    // The code before may still be on its way (RFC 6238 §5.2); one of a window that has not begun is nobody's.
    const epochTolerance: [number, number] = [PERIOD_S, 0]
    const result = verifySync({ secret, token: code, epoch, epochTolerance, period: PERIOD_S })
    return result.valid && 'timeStep' in result ? result.timeStep : undefined
  }

  #epochSeconds(): number {
    return Math.floor(this.#now() / 1000)
  }
}
