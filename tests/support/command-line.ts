import { spawn, type ChildProcess } from 'node:child_process'
import { readdir, readlink } from 'node:fs/promises'
import path from 'node:path'
import { until } from './until.ts'

/** What users call `tokentray`. */
export const PROGRAM = path.join(import.meta.dirname, '../../dist/cli.js')

/** How a call of the command line ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A call of the command line that may still be running. */
export class Call {
  stdout = ''
  stderr = ''
  readonly ended: Promise<Ended>
  readonly #child: ChildProcess

  /** @param input what it finds on standard input; null leaves that open, for `type` */
  constructor(args: readonly string[], env: NodeJS.ProcessEnv, input: Uint8Array | string | null = '') {
    // By its own first line, which keeps Node from taking our --env-file for its own option of that name.
    const child = spawn(PROGRAM, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
    // It may end without having read all of it.
    child.stdin.on('error', () => undefined)
    if (input !== null) child.stdin.end(input)
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    this.#child = child
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }))
    })
  }

  /** What a pattern finds in its output so far, once it finds something. */
  async said(pattern: RegExp): Promise<string> {
    return until(`${String(pattern)} on stdout or stderr`, () => {
      const [found = null] = pattern.exec(this.stdout) ?? pattern.exec(this.stderr) ?? []
      if (found === null && this.#child.exitCode !== null) {
        throw new Error(`It ended without saying ${String(pattern)}:\n${this.stdout}\n${this.stderr}`)
      }
      return found
    })
  }

  /** Resolves once it has opened a file. */
  async hasOpen(file: string): Promise<void> {
    const folder = `/proc/${String(this.#child.pid)}/fd`
    await until(`${file} to be opened`, async () => {
      const fds = await readdir(folder).catch(() => [])
      const opened = await Promise.all(fds.map((fd) => readlink(path.join(folder, fd)).catch(() => null)))
      return opened.includes(file) || null
    })
  }

  /** Resolves once it has read most of a text, of which the system keeps 64 KB for it. */
  async type(text: string): Promise<void> {
    await new Promise((resolve) => this.#child.stdin?.write(text, resolve))
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.send('SIGINT')
  }

  send(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }
}

/** The command line, run as scripts run it: a process of its own, and nobody at its keyboard. */
export class CommandLine {
  readonly #env: NodeJS.ProcessEnv

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env
  }

  start(...args: string[]): Call {
    return new Call(args, this.#env)
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended
  }

  /** Runs it with something on its standard input. */
  runWith(input: Uint8Array | string, ...args: string[]): Promise<Ended> {
    return new Call(args, this.#env, input).ended
  }

  /** Starts it with its standard input open. */
  startOpen(...args: string[]): Call {
    return new Call(args, this.#env, null)
  }

  /** Runs it where it has to work for the test to make sense, and returns what it printed. */
  async mustRun(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args)
    if (code !== 0) throw new Error(`tokentray ${args.join(' ')} ended with ${String(code)}: ${stderr}`)
    return stdout.trimEnd()
  }

  /** The same in another environment; what is undefined is taken out of it. */
  with(env: NodeJS.ProcessEnv): CommandLine {
    return new CommandLine({ ...this.#env, ...env })
  }
}
