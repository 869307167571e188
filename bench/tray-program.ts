import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { TrayItem } from '../tests/support/tray-item.ts'
import type { TrayWatcher } from '../tests/support/tray-watcher.ts'
import { until } from '../tests/support/until.ts'

const SANDBOX_OFF = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const WITNESS = path.join(import.meta.dirname, 'witness.cjs')

/** The program to start: the tray app, or the bare one for comparison. */
export interface Program {
  readonly name: string
  /** The entry that Electron runs. */
  readonly entry: string
}

export const ours: Program = { name: 'TokenTray', entry: path.join(import.meta.dirname, '..') }
export const bare: Program = { name: 'bare', entry: path.join(import.meta.dirname, 'bare', 'main.mjs') }

/** Runs Electron with an icon in the tray. Adds nothing that would slow it down except the witness. */
export class TrayProgram {
  /** Time from the start to the icon in the tray, ms. */
  readonly startMs: number
  readonly pid: number
  readonly #process: ChildProcess
  readonly #icon: TrayItem
  readonly #output: () => string

  private constructor(
    startMs: number,
    pid: number,
    child: ChildProcess,
    icon: TrayItem,
    output: () => string,
  ) {
    this.startMs = startMs
    this.pid = pid
    this.#process = child
    this.#icon = icon
    this.#output = output
  }

  /** @param electron path of the executable */
  static async start(
    { entry }: Program,
    electron: string,
    env: NodeJS.ProcessEnv,
    watcher: TrayWatcher,
  ): Promise<TrayProgram> {
    const from = Date.now()
    const child = spawn(electron, [...SANDBOX_OFF, '--disable-gpu', '-r', WITNESS, entry, '--hidden'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    if (child.pid === undefined) throw new Error(`${electron} did not start.`)
    const icon = await watcher.itemOf(child.pid)
    return new TrayProgram(icon.since - from, child.pid, child, icon, () => output)
  }

  /** Clicks on the icon, and resolves with the time until the window and its content are painted, ms. */
  async open(): Promise<number> {
    return this.#click('shown')
  }

  async hide(): Promise<void> {
    await this.#click('hidden')
  }

  /** Returns the number of React's commits so far, if the witness counts them. */
  get commits(): number {
    return this.#output().split('witness commit ').length - 1
  }

  async end(): Promise<void> {
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await ended
  }

  async #click(awaited: 'shown' | 'hidden'): Promise<number> {
    const seen = this.#output().length
    const from = Date.now()
    await this.#icon.activate()
    return until(`a window that is ${awaited}`, () => {
      const [, at] = new RegExp(`witness ${awaited} (\\d+)\n`).exec(this.#output().slice(seen)) ?? []
      return at === undefined ? null : Number(at) - from
    })
  }
}
