import type { DraftView } from '../../electron/contract/account-form.ts'
import type { Errors } from './draft.ts'

export interface ChecksDeps {
  /** Has the main process check what the form says now. */
  readonly check: () => Promise<DraftView>
  /** Puts errors to the inputs that they are about. */
  readonly sort: (errors: Errors) => Errors
  readonly isEmpty: (input: string) => boolean
  /** Shows the view; errors and hints are by input, and only those that the user should see now. */
  readonly show: (view: DraftView, errors: Errors, hints: Errors) => void
  /** Calls back once after `ms`; the function returned cancels it. */
  readonly later: (ms: number, callback: () => void) => () => void
  readonly now: () => number
}

/** What was typed is checked once no key was pressed for this long, ms. */
export const SOON_MS = 250

/** An input that is still being typed into is judged once no key was pressed for this long, ms. */
export const PAUSE_MS = 1_200

/** How long after its end a code is renewed, because timers may be early, ms. */
const LATE_MS = 50

/**
 * Checks what is typed. An error is shown when its input is left, or after a pause, and removed as soon as the input is
 * right. What is missing is shown once the user has tried to save.
 */
export class Checks {
  readonly #parts: ChecksDeps
  /** Inputs whose errors may be seen, unless they are empty. */
  readonly #judged = new Set<string>()
  /** Inputs whose errors may be seen even when they are empty. */
  readonly #insisted = new Set<string>()
  #round = 0
  #callOffSoon: () => void = () => undefined
  #callOffPause: () => void = () => undefined
  #callOffRenewal: () => void = () => undefined

  constructor(parts: ChecksDeps) {
    this.#parts = parts
  }

  typed(input: string): void {
    const { later } = this.#parts
    this.#callOffSoon()
    this.#callOffSoon = later(SOON_MS, () => void this.refresh())
    this.#callOffPause()
    this.#callOffPause = later(PAUSE_MS, () => {
      if (this.#judged.has(input)) return
      this.#judged.add(input)
      void this.refresh()
    })
  }

  left(input: string): void {
    if (this.#parts.isEmpty(input)) return
    this.#callOffPause()
    this.#judged.add(input)
    void this.refresh()
  }

  /** Shows the errors of these inputs from now on, even when they are empty. */
  insist(inputs: Iterable<string>): void {
    for (const input of inputs) this.#insisted.add(input)
  }

  /** Checks now; a reply that another check has overtaken is ignored. */
  async refresh(): Promise<void> {
    this.#callOffSoon()
    const round = ++this.#round
    const view = await this.#parts.check().catch(() => null)
    if (view === null || round !== this.#round) return
    this.#renewCodes(view)
    this.#parts.show(view, this.#seen(view.errors), this.#seen(view.hints))
  }

  stop(): void {
    this.#round++
    this.#callOffSoon()
    this.#callOffPause()
    this.#callOffRenewal()
  }

  #seen(found: Errors): Errors {
    return Object.fromEntries(
      Object.entries(this.#parts.sort(found)).filter(([input]) => this.#mayShow(input)),
    )
  }

  #mayShow(input: string): boolean {
    return this.#insisted.has(input) || (this.#judged.has(input) && !this.#parts.isEmpty(input))
  }

  #renewCodes({ totp, choices }: DraftView): void {
    this.#callOffRenewal()
    const ends = [...(totp === null ? [] : [totp]), ...choices].map(({ code }) => code.endsAt)
    if (ends.length === 0) return
    const wait = Math.max(0, Math.min(...ends) - this.#parts.now()) + LATE_MS
    this.#callOffRenewal = this.#parts.later(wait, () => void this.refresh())
  }
}
