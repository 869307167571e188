import { generateSync, verifySync } from 'otplib'

/** The verdict on a password or a code. */
export type Verdict = 'right' | 'wrong' | 'blocked'

/** https://support.zerodha.com: "The Zerodha account is blocked after 5 incorrect 2FA entries." Others count alike. */
const ATTEMPTS = 5
const PERIOD_S = 30

/** Counts a person's wrong entries, and blocks the account after five. */
export class EntryCounter {
  wrongPasswords = 0
  wrongCodes = 0
  readonly #attempts: number
  #attemptsLeft: number

  /** @param attempts wrong entries until the account is blocked */
  constructor(attempts = ATTEMPTS) {
    this.#attempts = attempts
    this.#attemptsLeft = attempts
  }

  /** Returns how many wrong entries are still allowed; the last one blocks the account. */
  get attemptsLeft(): number {
    return this.#attemptsLeft
  }

  get isBlocked(): boolean {
    return this.#attemptsLeft === 0
  }

  /** Records the entry of a password or PIN. */
  enterPassword(isRight: boolean): Verdict {
    if (this.isBlocked) return 'blocked'
    if (isRight) return 'right'
    this.wrongPasswords += 1
    return this.#wrongEntry()
  }

  /** Records the entry of a code. */
  noteCode(isRight: boolean): Verdict {
    if (this.isBlocked) return 'blocked'
    if (isRight) return 'right'
    this.wrongCodes += 1
    return this.#wrongEntry()
  }

  /** Forgets the wrong entries, as a password reset does. */
  unblock(): void {
    this.#attemptsLeft = this.#attempts
  }

  /** Blocks the account, as wrong entries elsewhere do. */
  block(): void {
    this.#attemptsLeft = 0
  }

  #wrongEntry(): Verdict {
    this.#attemptsLeft -= 1
    return this.isBlocked ? 'blocked' : 'wrong'
  }
}

/** Judges the codes that are entered for an account with an authenticator. */
export class Account extends EntryCounter {
  /** Time steps (RFC 6238) of the right codes that came in, refused repetitions included. */
  readonly codesSeen: number[] = []
  readonly #credentials: { readonly totp_secret?: string }
  readonly #now: () => number
  #lastStep = -1

  /** @param credentials without a TOTP secret where nobody asks for a code */
  constructor(credentials: { readonly totp_secret?: string }, now: () => number, attempts = ATTEMPTS) {
    super(attempts)
    this.#credentials = credentials
    this.#now = now
  }

  /**
   * Checks a code of this time step or a neighbouring one.
   * Accepts no code twice, and none older than the last accepted:
   * https://www.rfc-editor.org/rfc/rfc6238#section-5.2
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

  /** Uses up the current code, as a login somewhere else does. */
  useUpCode(): void {
    this.#lastStep = Math.max(this.#lastStep, Math.floor(this.#epochSeconds() / PERIOD_S))
  }

  /** Returns the code that the person's authenticator or phone shows now. */
  code(): string {
    return generateSync({ secret: this.#credentials.totp_secret ?? '', epoch: this.#epochSeconds() })
  }

  #stepOf(code: string): number | undefined {
    if (!/^\d{6}$/.test(code)) return undefined
    const secret = this.#credentials.totp_secret ?? ''
    const epoch = this.#epochSeconds()
    // The previous code may still be on its way (RFC 6238 §5.2). A code of a future window is never valid.
    const epochTolerance: [number, number] = [PERIOD_S, 0]
    const result = verifySync({ secret, token: code, epoch, epochTolerance, period: PERIOD_S })
    return result.valid && 'timeStep' in result ? result.timeStep : undefined
  }

  #epochSeconds(): number {
    return Math.floor(this.#now() / 1000)
  }
}
