import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { clockArgs } from './clock-args.ts'
import { electronPath } from './electron-path.ts'
import type { Profile } from './profile.ts'
import { hasFrame, visibleWindows } from './screen.ts'
import { patientElectron } from './patient-electron.ts'
import { PATIENCE_MS, until } from './until.ts'

const CHECKOUT = path.join(import.meta.dirname, '../..')
const SANDBOX_OFF = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Returns the app's arguments. Chromium's sandbox refuses root, the user of many build machines. */
const argsFor = ({ env }: Profile): string[] => [
  ...SANDBOX_OFF,
  '--disable-gpu',
  // Newer versions of Electron detect this by themselves.
  ...((env['WAYLAND_DISPLAY'] ?? '') === '' ? [] : ['--ozone-platform=wayland']),
  ...clockArgs(env),
  CHECKOUT,
]

/** Runs the tray app. */
export class App {
  readonly electron: ElectronApplication
  /** The complete output on stdout and stderr. */
  output = ''
  readonly #process: ChildProcess
  readonly #ended: Promise<unknown>

  private constructor(electron: ElectronApplication) {
    this.electron = patientElectron(electron)
    this.#process = electron.process()
    this.#ended = once(this.#process, 'exit')
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    }
  }

  /** @param args extra arguments, such as `--hidden` */
  static async start(profile: Profile, args: readonly string[] = []): Promise<App> {
    const env = Object.entries(profile.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    return new App(
      await _electron.launch({
        executablePath: electronPath(),
        args: [...argsFor(profile), ...args],
        env: Object.fromEntries(env),
        timeout: PATIENCE_MS,
      }),
    )
  }

  /** Starts a second app beside a running one, and resolves with the second one's exit code. */
  static async startAgain(profile: Profile, args: readonly string[] = []): Promise<unknown> {
    const again = spawn(electronPath(), [...argsFor(profile), ...args], { env: profile.env, stdio: 'ignore' })
    const [code] = await once(again, 'exit')
    return code
  }

  get pid(): number {
    const { pid } = this.#process
    if (pid === undefined) throw new Error('The app was never started.')
    return pid
  }

  /** Resolves with the popover's page, once it exists. */
  popover(): Promise<Page> {
    return this.#page('popover')
  }

  /** Resolves with the account form's page, once it exists. */
  accountForm(): Promise<Page> {
    return this.#page('account-form')
  }

  /** Resolves with the settings' page, once it exists. */
  settings(): Promise<Page> {
    return this.#page('settings')
  }

  /** Tells whether the popover is on the screen. */
  async showsPopover(): Promise<boolean> {
    return (await visibleWindows(this.pid, 'TokenTray')).length > 0
  }

  /** Tells whether the popover is on the screen in a window with a frame. */
  async popoverFrame(): Promise<boolean> {
    const [window] = await visibleWindows(this.pid, 'TokenTray')
    return window !== undefined && (await hasFrame(window))
  }

  /** Resolves with the exit code when the process has ended. */
  async ended(): Promise<number | null> {
    await this.#ended
    return this.#process.exitCode
  }

  /** Kills the app with SIGKILL. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#ended
  }

  /** Quits the app normally, if it still runs. */
  async quit(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.electron.close()
  }

  async #page(name: string): Promise<Page> {
    const url = `tokentray://app/${name}.html`
    const isIt = (page: Page): boolean => !page.isClosed() && page.url() === url
    const page = await until(`the page ${name}`, () => this.electron.windows().find(isIt) ?? null)
    page.setDefaultTimeout(PATIENCE_MS)
    return page
  }
}

/** Clicks a button that closes its own page. */
export function clickAway(page: Page, button: string): Promise<void> {
  return closes(page, () => page.getByRole('button', { name: button }).click())
}

/** Does something that closes its own page, and resolves once that is closed. */
export async function closes(page: Page, action: () => Promise<void>): Promise<void> {
  const closed = page.waitForEvent('close')
  // A click or a press may fail, because its page closes before it has ended. Whether it worked shows below.
  await action().catch(() => undefined)
  await closed
}
