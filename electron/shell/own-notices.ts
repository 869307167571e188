/** What the tray app itself has to tell, each until the user has read it or it is no longer so. */
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
