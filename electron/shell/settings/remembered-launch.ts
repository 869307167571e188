import type { LaunchAtLogin } from '../../core/ports.ts'

/** Remembers whether the system starts TokenTray at login, because asking it takes time. */
export class RememberedLaunch implements LaunchAtLogin {
  readonly #launch: LaunchAtLogin
  readonly #onChange: () => void
  #last: boolean | null = null

  constructor(launch: LaunchAtLogin, onChange: () => void) {
    this.#launch = launch
    this.#onChange = onChange
  }

  /** What the system said last; null before it was asked. */
  get last(): boolean | null {
    return this.#last
  }

  async isOn(): Promise<boolean> {
    const isOn = await this.#launch.isOn()
    const isNew = isOn !== this.#last
    this.#last = isOn
    if (isNew) this.#onChange()
    return isOn
  }

  async set(on: boolean, hidden: boolean): Promise<void> {
    await this.#launch.set(on, hidden)
    await this.isOn()
  }
}
