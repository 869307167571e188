import type { Entry, Simulation } from '../practice/kit/simulation.ts'

/** Reports a broken rule. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** Brokers accept a code for at most a window and a half. Equal digits later are a coincidence. In ms. */
const SAME_CODE_MS = 3 * 60_000

/** Tolerance for the end of a pause, because timers are not more exact, ms. */
const TIMERS_MS = 100

/** The promise to traders: entries per login until the user changes something. */
const LIMITS = { password: 1, code: 2 } as const satisfies Record<Entry, number>
/** The same limit for a password that was accepted before and not refused since. */
const PROVEN_LIMIT = 2
/** Most wrong passwords that the broker may ever count. */
const WORST = 2

/** The verdict of a reply on an entry: `wrong` is counted by the broker, `refused` was not checked. */
export type Verdict = 'right' | 'wrong' | 'refused'

/**
 * Observes one login and its broker: which entries left the machine and which replies arrived.
 * Knows nothing of what TokenTray stores.
 */
export class Ledger {
  readonly #open: Record<Entry, number> = { password: 0, code: 0 }
  /** Whether a reply has accepted the password since the user entered it. */
  #isProven = false
  #isRefused = false
  /** Passwords judged since the last acceptance or entry whose reply was lost. */
  #unheard = 0
  /** Whether the password has changed at the broker since the last acceptance or entry. */
  #isChanged = false
  /** Wrong passwords that the broker has counted since the last acceptance or entry. */
  #wrong = 0
  /** Passwords that were accepted after a lost reply. */
  savedByProof = 0
  readonly #codes: { readonly code: string; readonly at: number }[] = []
  #pauseUntil = 0
  /** When the latest logins began, epoch ms. */
  readonly #logins: number[] = []
  /** Number of entries sent. */
  entriesSent = 0
  /** Number of entries of each kind whose reply said wrong. */
  readonly heardWrong: Record<Entry, number> = { password: 0, code: 0 }

  /** Records a request that leaves the machine at `at`, epoch ms. */
  leaves(at: number): void {
    if (at < this.#pauseUntil - TIMERS_MS)
      throw new Violation('the broker was asked for more while it wanted a pause')
  }

  /**
   * Records a login that begins at `at`, epoch ms.
   * @throws Violation when the broker's limits do not allow it yet
   */
  loginBegins(limits: NonNullable<Simulation['limits']>, at: number): void {
    for (const { logins, withinMs } of limits) {
      const before = this.#logins.at(-logins)
      if (before !== undefined && at - before < withinMs - TIMERS_MS)
        throw new Violation('a login began before the broker’s limit allowed it')
    }
    this.#logins.push(at)
    if (this.#logins.length > 200) this.#logins.shift()
  }

  /** Records that the broker wants no requests until `until`, epoch ms. */
  pauseUntil(until: number): void {
    this.#pauseUntil = until
  }

  /** Forgets the pause, because the process that read it was killed. */
  pauseForgotten(): void {
    this.#pauseUntil = 0
  }

  /**
   * Records an entry that leaves the machine at `at`, epoch ms.
   * @throws Violation when the entry breaks a rule
   */
  sent(entry: Entry, value: string, at: number): void {
    this.entriesSent++
    this.#open[entry]++
    if (this.#open[entry] > this.#limit(entry)) {
      throw new Violation(`a ${entry} was sent for the ${this.#open[entry]}. time without being accepted`)
    }
    if (entry !== 'code') return
    if (this.#codes.some((before) => before.code === value && at - before.at < SAME_CODE_MS)) {
      throw new Violation('a code was sent twice')
    }
    this.#codes.push({ code: value, at })
    if (this.#codes.length > 20) this.#codes.shift()
  }

  /**
   * Records that the broker has judged a password.
   * @throws Violation when the broker has counted too many wrong passwords
   */
  judged(isRight: boolean): void {
    if (!isRight) this.#wrong++
    const mayBeTwo = this.#isChanged && this.#unheard > 0
    this.#unheard++
    if (this.#wrong > (mayBeTwo ? WORST : 1)) {
      throw new Violation(`the broker has counted ${this.#wrong} wrong passwords`)
    }
  }

  /** Records that the password was changed at the broker. */
  passwordChanged(): void {
    this.#isChanged = true
  }

  /** Records the verdict of a delivered reply. */
  heard(entry: Entry, verdict: Verdict): void {
    if (verdict === 'wrong') this.heardWrong[entry]++
    if (verdict === 'right') this.#accepted(entry)
    else this.#refused(entry)
  }

  #accepted(entry: Entry): void {
    if (entry === 'password') {
      if (this.#open.password > 1) this.savedByProof++
      this.#beginAnew()
      this.#isProven = true
    }
    this.#open[entry] = 0
  }

  #refused(entry: Entry): void {
    if (entry !== 'password') return
    this.#isRefused = true
    this.#unheard--
  }

  /** Forgets a refusal, because the process that read it was killed. */
  refusalForgotten(): void {
    if (this.#isRefused) this.#unheard++
    this.#isRefused = false
  }

  /** Records that the broker cannot have judged the entry. */
  notJudged(entry: Entry): void {
    this.#open[entry]--
  }

  /** Takes a code back, because its route is gone and an older route takes the same code. */
  takeBack(code: string): void {
    const index = this.#codes.findLastIndex((sent) => sent.code === code)
    if (index !== -1) this.#codes.splice(index, 1)
  }

  /** Resets the limits, because the user has entered the secret again. */
  secretEntered(entry: Entry): void {
    if (entry === 'password') {
      this.#beginAnew()
      this.#isProven = false
    }
    this.#open[entry] = 0
  }

  /** Tells whether the broker wants no requests at `now`, epoch ms. */
  isPaused(now: number): boolean {
    return now < this.#pauseUntil
  }

  /** Tells whether the broker owes no reply to an entry and has refused none. */
  get isClean(): boolean {
    return this.#open.password === 0 && this.#open.code === 0
  }

  /** Tells whether TokenTray may still send every entry that a login needs. */
  get mayTry(): boolean {
    return this.#open.password < this.#limit('password') && this.#open.code < LIMITS.code
  }

  #limit(entry: Entry): number {
    return entry === 'password' && this.#isProven && !this.#isRefused ? PROVEN_LIMIT : LIMITS[entry]
  }

  #beginAnew(): void {
    this.#isRefused = this.#isChanged = false
    this.#wrong = this.#unheard = 0
  }
}
