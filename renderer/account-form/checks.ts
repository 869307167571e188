import type { DraftView } from '../../electron/contract/account-form.ts'
import type { Errors } from './draft.ts'

export interface ChecksDeps {
  /** Makes the main process check the form's current values. */
  readonly check: () => Promise<DraftView>
  /** Maps errors to their inputs. */
  readonly sort: (errors: Errors) => Errors
  readonly isEmpty: (input: string) => boolean
  /** Shows the view; errors and hints are by input, and only those that the user should see now. */
  readonly show: (view: DraftView, errors: Errors, hints: Errors) => void
  /** Calls back once after `ms`; the returned function cancels it. */
  readonly later: (ms: number, callback: () => void) => () => void
  readonly now: () => number
}

/** A check starts once no key was pressed for this long, ms. */
export const SOON_MS = 250

/** The focused input's error shows once no key was pressed for this long, ms. */
export const PAUSE_MS = 1_200

/** How long after its end a code is renewed, because timers may fire early, ms. */
const LATE_MS = 50

/**
 * Checks values while the user types. An error is shown after its input loses the focus or after a pause. It is
 * removed as soon as the value is valid. Missing values are shown once the user has tried to save.
 */
export class Checks {
  readonly #deps: ChecksDeps
  /** Inputs whose errors are shown unless they are empty. */
  readonly #judged = new Set<string>()
  /** Inputs whose errors are shown even when they are empty. */
  readonly #insisted = new Set<string>()
  #round = 0
  #cancelCheck: () => void = () => undefined
  #cancelPause: () => void = () => undefined
  #cancelRenewal: () => void = () => undefined

  constructor(deps: ChecksDeps) {
    this.#deps = deps
  }

  typed(input: string): void {
    const { later } = this.#deps
    this.#cancelCheck()
    this.#cancelCheck = later(SOON_MS, () => void this.refresh())
    this.#cancelPause()
    this.#cancelPause = later(PAUSE_MS, () => {
      if (this.#judged.has(input)) return
      this.#judged.add(input)
      void this.refresh()
    })
  }

  left(input: string): void {
    if (this.#deps.isEmpty(input)) return
    this.#cancelPause()
    this.#judged.add(input)
    void this.refresh()
  }

  /** Shows the errors of these inputs from now on, even when they are empty. */
  insist(inputs: Iterable<string>): void {
    for (const input of inputs) this.#insisted.add(input)
  }

  /** Checks now. Ignores a reply after a newer check has started. */
  async refresh(): Promise<void> {
    this.#cancelCheck()
    const round = ++this.#round
    const view = await this.#deps.check().catch(() => null)
    if (view === null || round !== this.#round) return
    this.#renewCodes(view)
    this.#deps.show(view, this.#visible(view.errors), this.#visible(view.hints))
  }

  stop(): void {
    this.#round++
    this.#cancelCheck()
    this.#cancelPause()
    this.#cancelRenewal()
  }

  #visible(found: Errors): Errors {
    return Object.fromEntries(
      Object.entries(this.#deps.sort(found)).filter(([input]) => this.#mayShow(input)),
    )
  }

  #mayShow(input: string): boolean {
    return this.#insisted.has(input) || (this.#judged.has(input) && !this.#deps.isEmpty(input))
  }

  #renewCodes({ totp, choices }: DraftView): void {
    this.#cancelRenewal()
    const ends = [...(totp === null ? [] : [totp]), ...choices].map(({ code }) => code.endsAt)
    if (ends.length === 0) return
    const wait = Math.max(0, Math.min(...ends) - this.#deps.now()) + LATE_MS
    this.#cancelRenewal = this.#deps.later(wait, () => void this.refresh())
  }
}
