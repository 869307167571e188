import { Writable } from 'node:stream'
import { isatty } from 'node:tty'
import { keepCertificateChecks } from '../../services/certificate-checks.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import { Secret } from '../../core/secret.ts'
import { readText } from '../../core/text.ts'
import { killSelf, dieWhenStuck } from './exit.ts'

/** The terminal, as a command sees it. */
export interface Io {
  readonly env: NodeJS.ProcessEnv
  /** Variables that were taken out of `env`, for the commands that are started with it. */
  readonly withheld: Readonly<Record<string, string>>
  /** Whether a person sits at the other end and can be asked. */
  readonly interactive: boolean
  /** Aborts at Ctrl-C, with a LoginError `cancelled`. */
  readonly signal: AbortSignal
  /** Results, a line each. */
  stdout(line: string): void
  /** Everything that is not a result, a line each. */
  stderr(line: string): void
  /** Shows `text` in place of what `live` showed before, where the terminal can; otherwise nothing. */
  status(text: string): void
  /** Rejects with the reason of `signal` when that aborts first. */
  ask(question: string, signal?: AbortSignal): Promise<string>
  /**
   * Asks for something that is not shown while it is typed; without a terminal it is the next line of standard input.
   * @throws InputError when there is none, LoginError `cancelled`
   */
  askSecret(question: string): Promise<Secret>
  /**
   * Hands Ctrl-C, SIGTERM and SIGHUP to `listener` in place of `signal` from now on, for a command that ends when what
   * it has started ends, and not before.
   */
  divertSignals(listener: (signal: NodeJS.Signals) => void): void
}

/** The real terminal. Ctrl-C is turned into `signal`, so that nothing is left half done. */
export function terminal(): Io {
  const controller = new AbortController()
  const { signal } = controller
  const withheld = keepCertificateChecks(process.env)
  let diverted: ((name: NodeJS.Signals) => void) | null = null
  const cancel = (name: NodeJS.Signals): void => {
    // Whoever asks twice has waited long enough.
    if (signal.aborted) killSelf(name)
    controller.abort(new LoginError('cancelled'))
    dieWhenStuck(name)
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (diverted === null) cancel(name)
      else diverted(name)
    })
  }
  // A reader that has seen enough (`tokentray status | head -1`) is no error, nor is a terminal that was closed.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  /** Puts what is being asked on the terminal, if anything, there again. */
  let askAgain: (() => void) | null = null
  /** What is left of a standard input that is no terminal. */
  let piped: string[] | null = null

  async function nextPiped(question: string): Promise<string> {
    // Loaded when first used.
    const { readStandardInput } = await import('./stdin.ts')
    piped ??= readText(await readStandardInput(signal), 'standard input')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)
    const line = piped.shift() ?? ''
    if (line !== '') return line
    const asked = question.replace(/:? *$/, '')
    throw new InputError({
      'standard input': `has no line for “${asked}”. Type it on a terminal when asked, or pass it there, a line for each`,
    })
  }

  async function prompt(
    question: string,
    { hidden, more }: { readonly hidden: boolean; readonly more?: AbortSignal | undefined },
  ): Promise<string> {
    const until = more === undefined ? signal : AbortSignal.any([signal, more])
    until.throwIfAborted()
    // Loaded when first used: scripts are asked for nothing.
    const { createInterface } = await import('node:readline/promises')
    const output = hidden ? nowhere() : process.stderr
    const reader = createInterface({ input: process.stdin, output, terminal: true })
    // While a line is read the terminal hands Ctrl-C and Ctrl-D to the reader instead of to the process.
    const stop = (): void => {
      if (!signal.aborted) cancel('SIGINT')
    }
    reader.on('SIGINT', stop)
    reader.on('close', stop)
    if (hidden) process.stderr.write(question)
    askAgain = () => (hidden ? process.stderr.write(question) : reader.prompt(true))
    try {
      return await reader.question(question, { signal: until })
    } catch (error) {
      throw until.aborted ? until.reason : error
    } finally {
      askAgain = null
      reader.off('close', stop)
      reader.close()
    }
  }

  return {
    env: process.env,
    withheld,
    // By number: to look at process.stdin is to open it, which a command that is run with ours would notice.
    interactive: isatty(0) && isatty(2),
    signal,
    stdout: (line) => void process.stdout.write(`${line}\n`),
    stderr: (line) => {
      // A note takes the place of an open question, which is put again below it.
      if (askAgain !== null) process.stderr.write(CLEAR_LINE)
      process.stderr.write(`${line}\n`)
      askAgain?.()
    },
    status: (text) => {
      if (process.stdout.isTTY) process.stdout.write(`${CLEAR_LINE}${text}`)
    },
    ask: (question, more) => prompt(question, { hidden: false, more }),
    askSecret: async (question) => {
      // By number, as above.
      if (!isatty(0)) return new Secret(await nextPiped(question))
      const answer = await prompt(question, { hidden: true })
      process.stderr.write('\n')
      if (!answer.includes('\uFFFD')) return new Secret(answer)
      // What Node puts in place of what is not UTF-8.
      throw new InputError({
        'standard input': 'has a letter that is not UTF-8; set the terminal to UTF-8, then type it again',
      })
    },
    divertSignals: (listener) => {
      diverted = listener
    },
  }
}

const CLEAR_LINE = '\r\u001b[2K'

const nowhere = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
