import type { LaunchAtLogin } from '../../core/ports.ts'
import { startFlags } from '../start-mode.ts'

interface Program {
  readonly path?: string
  readonly args?: string[]
}

/** The part of Electron's `app` that is used, on macOS and Windows only. */
export interface LoginItemsOfApp {
  getLoginItemSettings(program?: Program): {
    readonly openAtLogin: boolean
    readonly executableWillLaunchAtLogin?: boolean
  }
  setLoginItemSettings(settings: Program & { readonly openAtLogin: boolean }): void
}

/**
 * Manages the entry in macOS' login items or Windows' list of startup programs
 * (https://www.electronjs.org/docs/latest/api/app#appsetloginitemsettingssettings-macos-windows).
 */
export class LoginItems implements LaunchAtLogin {
  readonly #app: LoginItemsOfApp
  readonly #platform: NodeJS.Platform
  readonly #program: readonly string[]

  /** @param program the executable that starts this TokenTray, followed by its arguments */
  constructor(app: LoginItemsOfApp, platform: NodeJS.Platform, program: readonly string[]) {
    this.#app = app
    this.#platform = platform
    this.#program = program
  }

  isOn(): Promise<boolean> {
    // On Windows an entry that the user has disabled in the Task Manager stays in the list.
    const { openAtLogin, executableWillLaunchAtLogin } = this.#app.getLoginItemSettings(this.#path())
    return Promise.resolve(this.#platform === 'win32' ? (executableWillLaunchAtLogin ?? false) : openAtLogin)
  }

  set(on: boolean, hidden: boolean): Promise<void> {
    // macOS passes no arguments; there `wasOpenedAtLogin` tells the starts apart.
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
    // Quoted, because Electron writes the path unquoted and splits it at the first space when it compares:
    // https://github.com/electron/electron/issues/53911
    return this.#platform === 'win32' && path !== undefined ? { path: `"${path}"` } : {}
  }
}

/** Quotes an argument with spaces, because Windows splits the command at them. */
const quotedIfSpaced = (argument: string): string => (argument.includes(' ') ? `"${argument}"` : argument)
