import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { withoutWait } from './command-line.ts'
import { until } from './until.ts'

const PROGRAM = path.join(import.meta.dirname, '../../dist/cli.js')
const CTRL_C = '\u0003'
const ESC = '\u001b'
// https://en.wikipedia.org/wiki/ANSI_escape_code#Control_Sequence_Introducer_commands
/** Matches a return to the start of the line that clears its content. */
const LINE_CLEARED = new RegExp(`[^\\n]*(\\r|${ESC}\\[1G)${ESC}\\[(2K|0J)`, 'g')
const CONTROL_SEQUENCE = new RegExp(`${ESC}\\[[\\d;?]*[A-Za-z]`, 'g')

/** Runs the command line with a user at the keyboard, on a terminal provided by `script` of util-linux. */
export class Terminal {
  readonly #process: ChildProcess
  readonly #ended: Promise<unknown>
  #shown = ''

  constructor(env: NodeJS.ProcessEnv, ...args: readonly string[]) {
    // Uses `exec`, because a remaining shell such as dash would also receive the terminal's signals.
    const command = `exec ${[PROGRAM, ...args].map((word) => `'${word}'`).join(' ')}`
    const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#shown += text))
    this.#process = child
    this.#ended = once(child, 'close')
  }

  /** Returns the visible text, without the notice of a slow keychain, which depends on the computer. */
  get shown(): string {
    const plain = this.#shown.replaceAll(LINE_CLEARED, '').replaceAll(CONTROL_SEQUENCE, '')
    return withoutWait(plain.replaceAll('\r', ''))
  }

  /** Resolves once a text is visible `count` times. */
  async shows(text: string | RegExp, count = 1): Promise<void> {
    await until(`“${String(text)}” on the terminal`, () => {
      if (this.shown.split(text).length > count) return true
      if (this.#process.exitCode !== null)
        throw new Error(`It ended without “${String(text)}”:\n${this.shown}`)
      return null
    })
  }

  /** Types a line. */
  type(line: string): void {
    this.#process.stdin?.write(`${line}\r`)
  }

  /** Presses keys one after the other, without Enter. */
  press(keys: string): void {
    this.#process.stdin?.write(keys)
  }

  /** Returns everything that was sent to the terminal, control sequences included. */
  get sent(): string {
    return this.#shown
  }

  pressCtrlC(): void {
    this.#process.stdin?.write(CTRL_C)
  }

  /** Sends SIGTERM to the program itself, and not to its terminal. */
  terminate(): void {
    process.kill(youngestUnder(this.#process.pid ?? 0), 'SIGTERM')
  }

  /** Resolves with the exit code. */
  async ended(): Promise<number | null> {
    await this.#ended
    return this.#process.exitCode
  }
}

/** Returns the last program in a chain of child processes. */
function youngestUnder(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  const child = Number(children[0])
  return child === 0 ? pid : youngestUnder(child)
}
