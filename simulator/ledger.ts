/** A rule that was broken. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** Brokers accept a code for a window and a half at most; the same digits later on are chance, ms. */
const SAME_CODE_MS = 3 * 60_000

/** A pause that has been waited out to within this is over: timers are not more exact, ms. */
const TIMERS_MS = 100

/** The limits of the promise made to traders, per login, until the user changes something. */
const LIMITS = { password: 1, code: 2 } as const
/** The same for a password that was accepted before, while no reply has refused it. */
const PROVEN_LIMIT = 2
/** How many wrong passwords the broker may count at the very worst. */
const WORST = 2

export type Entry = keyof typeof LIMITS

/** What a reply says of an entry: `wrong` when the broker has counted it, `refused` when it was not looked at. */
export type Verdict = 'right' | 'wrong' | 'refused'

/**
 * What a strict observer between one login and its broker has seen: which entries left the machine, and what was
 * heard of them. It knows nothing of what TokenTray has written down.
 */
export class Ledger {
  readonly #open: Record<Entry, number> = { password: 0, code: 0 }
  /** Whether the broker has been heard to accept the password since it was entered. */
  #isProven = false
  #isRefused = false
  /** Passwords that the broker has judged since one was last accepted or entered, and whose reply was not heard. */
  #unheard = 0
  /** Whether the password was changed at the broker since then. */
  #isChanged = false
  /** Wrong passwords that the broker has counted since then. */
  #wrong = 0
  /** Passwords that were accepted after the reply to the one before had been lost. */
  savedByProof = 0
  readonly #codes: { readonly code: string; readonly at: number }[] = []
  #pauseUntil = 0
  /** How many entries were sent in all. */
  entriesSent = 0
  /** How many of each were heard to be wrong. */
  readonly heardWrong: Record<Entry, number> = { password: 0, code: 0 }

  /** Notes a request of any kind that leaves the machine at `at`, epoch ms. */
  leaves(at: number): void {
    if (at < this.#pauseUntil - TIMERS_MS)
      throw new Violation('the broker was asked for more while it wanted a pause')
  }

  /** The broker wants no requests until then, epoch ms. */
  pauseUntil(until: number): void {
    this.#pauseUntil = until
  }

  /** The pause was heard by a process that died of it. */
  pauseForgotten(): void {
    this.#pauseUntil = 0
  }

  /** Notes an entry that leaves the machine at `at`, epoch ms. Throws Violation when it must not. */
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

  /** The broker has judged a password. Throws Violation when it has counted more wrong ones than it ever may. */
  judged(isRight: boolean): void {
    if (!isRight) this.#wrong++
    const mayBeTwo = this.#isChanged && this.#unheard > 0
    this.#unheard++
    if (this.#wrong > (mayBeTwo ? WORST : 1)) {
      throw new Violation(`the broker has counted ${this.#wrong} wrong passwords`)
    }
  }

  /** The password was changed at the broker. */
  passwordChanged(): void {
    this.#isChanged = true
  }

  /** The broker has been heard to say this of it. */
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

  /** A refusal was heard by a process that died of it. */
  refusalForgotten(): void {
    if (this.#isRefused) this.#unheard++
    this.#isRefused = false
  }

  /** The broker surely never judged it. */
  notJudged(entry: Entry): void {
    this.#open[entry]--
  }

  /** The route that a code was sent to is gone, and an older one takes the same. */
  handedBack(code: string): void {
    const index = this.#codes.findLastIndex((sent) => sent.code === code)
    if (index !== -1) this.#codes.splice(index, 1)
  }

  /** The user has entered the secret again. */
  forgiven(entry: Entry): void {
    if (entry === 'password') {
      this.#beginAnew()
      this.#isProven = false
    }
    this.#open[entry] = 0
  }

  /** Whether the broker wants no requests at `now`, epoch ms. */
  isPaused(now: number): boolean {
    return now < this.#pauseUntil
  }

  /** Whether the broker owes no answer to any entry and has refused none. */
  get isClean(): boolean {
    return this.#open.password === 0 && this.#open.code === 0
  }

  /** Whether TokenTray may still send what a login needs. */
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
