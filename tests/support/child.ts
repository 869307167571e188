import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'vite'

/** Creates a folder for a test, and returns it with a function that removes it. */
export async function temporaryDir(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'tokentray-test-'))
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) }
}

/** Builds one of the programs in `children/` for plain Node and returns its path inside `dir`. */
export async function buildChild(name: string, dir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: true,
      outDir: dir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: { [name]: path.join(import.meta.dirname, 'children', `${name}.ts`) },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
    ssr: { noExternal: true },
  })
  return path.join(dir, `${name}.mjs`)
}

/** Runs a test's Node process, which communicates in lines. */
export class Child {
  readonly #process
  readonly #lines: AsyncIterator<string>
  /** Resolves with the exit code; null after a signal. */
  readonly ended: Promise<number | null>

  constructor(program: string, args: readonly string[]) {
    this.#process = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
    this.ended = once(this.#process, 'close').then(() => this.#process.exitCode)
  }

  get pid(): number {
    if (this.#process.pid === undefined) throw new Error('the process did not start')
    return this.#process.pid
  }

  /** Returns the next printed line; null after the end. */
  async line(): Promise<string | null> {
    const { value, done } = await this.#lines.next()
    return done === true ? null : value
  }

  say(line: string): void {
    this.#process.stdin.write(`${line}\n`)
  }

  /** Ends the process as a crash or a power cut does, without cleanup. */
  async crash(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.ended
  }
}
