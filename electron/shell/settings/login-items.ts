import type { LaunchAtLogin } from '../../core/ports.ts'
import { startFlags } from '../start-mode.ts'

interface Program {
  readonly path?: string
  readonly args?: string[]
}

/** The part of Electron's `app` that is used; on macOS and Windows only. */
export interface LoginItemsOfApp {
  getLoginItemSettings(program?: Program): {
    readonly openAtLogin: boolean
    readonly executableWillLaunchAtLogin?: boolean
  }
  setLoginItemSettings(settings: Program & { readonly openAtLogin: boolean }): void
}

/**
 * macOS' login items and Windows' list of programs to start
 * (https://www.electronjs.org/docs/latest/api/app#appsetloginitemsettingssettings-macos-windows).
 */
export class LoginItems implements LaunchAtLogin {
  readonly #app: LoginItemsOfApp
  readonly #platform: NodeJS.Platform
  readonly #program: readonly string[]

  /** @param program what starts this TokenTray: its executable and the arguments that go with it */
  constructor(app: LoginItemsOfApp, platform: NodeJS.Platform, program: readonly string[]) {
    this.#app = app
    this.#platform = platform
    this.#program = program
  }

  isOn(): Promise<boolean> {
    // On Windows the user may have switched the entry off in the Task Manager, and leaves it in the list.
    const { openAtLogin, executableWillLaunchAtLogin } = this.#app.getLoginItemSettings(this.#path())
    return Promise.resolve(this.#platform === 'win32' ? (executableWillLaunchAtLogin ?? false) : openAtLogin)
  }

  set(on: boolean, hidden: boolean): Promise<void> {
    // macOS hands over no arguments; there the start itself asks how it came about.
    const [, ...args] = this.#program
    const flags =
      this.#platform === 'win32'
        ? [...args.map(quotedIfSpaced), hidden ? startFlags.hidden : startFlags.open]
        : null
    this.#app.setLoginItemSettings({
      openAtLogin: on,
      ...this.#path(),
      ...(flags === null ? {} : { args: flags }),
    })
    return Promise.resolve()
  }

  #path(): Program {
    const [path] = this.#program
    // Electron writes it down as it is, and takes what it is asked about and what is written apart at the first space:
    // https://github.com/electron/electron/issues/53911
    return this.#platform === 'win32' && path !== undefined ? { path: `"${path}"` } : {}
  }
}

/** Windows puts the command together as it is given; a path with spaces would fall apart. */
const quotedIfSpaced = (argument: string): string => (argument.includes(' ') ? `"${argument}"` : argument)
