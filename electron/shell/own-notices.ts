/** Says what comes after the practice account. */
export const playMoneyNotice = 'This is play money. Copy the token, then add your broker.'

/** Holds the tray app's own notices until the user dismisses them or their reason ends. */
export class OwnNotices {
  readonly #onChange: () => void
  #list: readonly string[] = []

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  get list(): readonly string[] {
    return this.#list
  }

  tell(notice: string): void {
    if (this.#list.includes(notice)) return
    this.#list = [...this.#list, notice]
    this.#onChange()
  }

  forget(notice: string): void {
    if (!this.#list.includes(notice)) return
    this.#list = this.#list.filter((other) => other !== notice)
    this.#onChange()
  }
}
