import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { electronPath } from './electron-path.ts'
import { clockArgs } from './moved-clock.ts'
import type { Profile } from './profile.ts'
import { hasFrame, visibleWindows } from './screen.ts'
import { until } from './until.ts'

const CHECKOUT = path.join(import.meta.dirname, '../..')
const SANDBOX_OFF = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** How the app is started; Chromium's sandbox refuses root, who runs many a build machine. */
const argsFor = ({ env }: Profile): string[] => [
  ...SANDBOX_OFF,
  '--disable-gpu',
  // Newer Electrons find it by themselves.
  ...((env['WAYLAND_DISPLAY'] ?? '') === '' ? [] : ['--ozone-platform=wayland']),
  ...clockArgs(env),
  CHECKOUT,
]

/** How long a page may take to show something: a test that fails for lack of time tells nothing. */
const PATIENCE_MS = 60_000

/** The tray app, running. */
export class App {
  readonly electron: ElectronApplication
  /** Everything it has written on stdout and stderr. */
  output = ''
  readonly #process: ChildProcess
  readonly #ended: Promise<unknown>

  private constructor(electron: ElectronApplication) {
    this.electron = electron
    this.#process = electron.process()
    this.#ended = once(this.#process, 'exit')
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    }
  }

  /** @param args how it is started besides, such as `--hidden` */
  static async start(profile: Profile, args: readonly string[] = []): Promise<App> {
    const env = Object.entries(profile.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    )
    return new App(
      await _electron.launch({
        executablePath: electronPath(),
        args: [...argsFor(profile), ...args],
        env: Object.fromEntries(env),
      }),
    )
  }

  /** Starts it once more beside one that runs, and resolves with that process' exit code. */
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

  /** The popover's page, once there is one. */
  popover(): Promise<Page> {
    return this.#page('popover')
  }

  /** The account form's page, once there is one. */
  accountForm(): Promise<Page> {
    return this.#page('account-form')
  }

  /** The settings' page, once there is one. */
  settings(): Promise<Page> {
    return this.#page('settings')
  }

  /** Whether the popover is on the screen. */
  async showsPopover(): Promise<boolean> {
    return (await visibleWindows(this.pid, 'TokenTray')).length > 0
  }

  /** Whether the popover is on the screen in a window with a frame. */
  async popoverFrame(): Promise<boolean> {
    const [window] = await visibleWindows(this.pid, 'TokenTray')
    return window !== undefined && (await hasFrame(window))
  }

  /** Resolves when the process has ended, with its exit code. */
  async ended(): Promise<number | null> {
    await this.#ended
    return this.#process.exitCode
  }

  /** `kill -9` */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#ended
  }

  /** Ends it in an orderly way, if it still runs. */
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

/** Clicks what closes the page that it is on. */
export async function clickAway(page: Page, button: string): Promise<void> {
  const closed = page.waitForEvent('close')
  // The page may be gone before the click has ended, which is what it is for.
  await page
    .getByRole('button', { name: button })
    .click()
    .catch(() => undefined)
  await closed
}
