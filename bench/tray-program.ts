import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { TrayItem } from '../tests/support/tray-item.ts'
import type { TrayWatcher } from '../tests/support/tray-watcher.ts'
import { until } from '../tests/support/until.ts'

const SANDBOX_OFF = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const WITNESS = path.join(import.meta.dirname, 'witness.cjs')

/** What is started: the tray app, or the bare one that it is measured against. */
export interface Program {
  readonly name: string
  /** What Electron is given to run. */
  readonly entry: string
}

export const ours: Program = { name: 'TokenTray', entry: path.join(import.meta.dirname, '..') }
export const bare: Program = { name: 'bare', entry: path.join(import.meta.dirname, 'bare', 'main.mjs') }

/** Electron with an icon in the tray, started without anything that would slow it down but the witness. */
export class TrayProgram {
  /** From its start to its icon in the tray, ms. */
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

  /** @param electron the executable */
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

  /** Clicks on the icon, and resolves with the time until the window is there and its content painted, ms. */
  async open(): Promise<number> {
    return this.#click('shown')
  }

  async hide(): Promise<void> {
    await this.#click('hidden')
  }

  /** How often React has committed so far, where the witness was asked to tell. */
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
