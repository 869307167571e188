import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { until } from './until.ts'

/** Runs a program on a terminal, provided by `script` of util-linux, with a user at the keyboard. */
export class Pty {
  readonly #process: ChildProcess
  #sent = ''

  /** @param command for a shell */
  constructor(command: string, env: NodeJS.ProcessEnv) {
    const args = ['--quiet', '--flush', '--return', '--command', command, '/dev/null']
    const child = spawn('script', args, { env, stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#sent += text))
    this.#process = child
  }

  press(keys: string): void {
    this.#process.stdin?.write(keys)
  }

  /** Resolves with the match of a pattern in the terminal's output, once it matches. */
  async shows(pattern: RegExp): Promise<RegExpExecArray> {
    return until(`${String(pattern)} on the terminal`, () => {
      const found = pattern.exec(this.#sent)
      if (found === null && this.#process.exitCode !== null)
        throw new Error(`It ended without ${String(pattern)}:\n${this.#sent}`)
      return found
    })
  }

  /** Closes the terminal, and resolves when the program has ended. */
  async close(): Promise<void> {
    const closed = once(this.#process, 'close')
    this.#process.stdin?.end()
    this.#process.kill()
    await closed
  }
}
