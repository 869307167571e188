import { spawn, type ChildProcess } from 'node:child_process'
import { readdir, readlink } from 'node:fs/promises'
import path from 'node:path'
import { until } from './until.ts'

/** The program behind the command `tokentray`. */
export const PROGRAM = path.join(import.meta.dirname, '../../dist/cli.js')

/** The result of a call of the command line. */
export interface Ended {
  /** Null after a signal. */
  readonly code: number | null
  readonly stdout: string
  /** Without the notice of a slow keychain, which depends on the computer. */
  readonly stderr: string
}

/** Returns what was said, without the one notice of a keychain that takes its time, as on a busy machine. */
export const withoutWait = (said: string): string => said.replace(/^Waiting for the keychain\n/m, '')

/** Runs a call of the command line. */
export class Call {
  stdout = ''
  stderr = ''
  readonly ended: Promise<Ended>
  readonly #child: ChildProcess

  /** @param input standard input; null leaves it open for `type` */
  constructor(
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    input: Uint8Array | string | null = '',
    program = PROGRAM,
  ) {
    // Runs by its own first line, so that Node does not read our --env-file as its own option.
    const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
    // The program may end before it has read all input.
    child.stdin.on('error', () => undefined)
    if (input !== null) child.stdin.end(input)
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    this.#child = child
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => resolve({ code, stdout: this.stdout, stderr: withoutWait(this.stderr) }))
    })
  }

  /** Resolves with the match of a pattern in the output so far, once it matches. */
  async said(pattern: RegExp): Promise<string> {
    return until(`${String(pattern)} on stdout or stderr`, () => {
      const [found = null] = pattern.exec(this.stdout) ?? pattern.exec(this.stderr) ?? []
      if (found === null && this.#child.exitCode !== null) {
        throw new Error(`It ended without saying ${String(pattern)}:\n${this.stdout}\n${this.stderr}`)
      }
      return found
    })
  }

  /** Resolves once the program has opened a file. */
  async hasOpen(file: string): Promise<void> {
    const folder = `/proc/${String(this.#child.pid)}/fd`
    await until(`${file} to be opened`, async () => {
      const fds = await readdir(folder).catch(() => [])
      const opened = await Promise.all(fds.map((fd) => readlink(path.join(folder, fd)).catch(() => null)))
      return opened.includes(file) || null
    })
  }

  /** Resolves once the program has read most of a text, because the system buffers 64 KB of it. */
  async type(text: string): Promise<void> {
    await new Promise((resolve) => this.#child.stdin?.write(text, resolve))
  }

  /** Sends Ctrl-C. */
  interrupt(): void {
    this.send('SIGINT')
  }

  send(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }
}

/** Runs the command line as scripts do: in a separate process, without a user at the keyboard. */
export class CommandLine {
  readonly #env: NodeJS.ProcessEnv
  readonly #program: string

  /** @param program another one than the build's, such as an installed one */
  constructor(env: NodeJS.ProcessEnv, program = PROGRAM) {
    this.#env = env
    this.#program = program
  }

  start(...args: string[]): Call {
    return new Call(args, this.#env, '', this.#program)
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended
  }

  /** Runs the program with a standard input. */
  runWith(input: Uint8Array | string, ...args: string[]): Promise<Ended> {
    return new Call(args, this.#env, input, this.#program).ended
  }

  /** Starts the program with an open standard input. */
  startOpen(...args: string[]): Call {
    return new Call(args, this.#env, null, this.#program)
  }

  /** Runs the program, asserts that it succeeds and returns its output. */
  async mustRun(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args)
    if (code !== 0) throw new Error(`tokentray ${args.join(' ')} ended with ${String(code)}: ${stderr}`)
    return stdout.trimEnd()
  }

  /** Returns the same command line in another environment, without the variables that are undefined. */
  with(env: NodeJS.ProcessEnv): CommandLine {
    return new CommandLine({ ...this.#env, ...env }, this.#program)
  }
}
