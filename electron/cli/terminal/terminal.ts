import { setMaxListeners } from 'node:events'
import { Writable } from 'node:stream'
import { isatty } from 'node:tty'
import { keepCertificateChecks } from '../../services/certificate-checks.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import { harmlessLines } from '../../core/harmless.ts'
import { Secret } from '../../core/secret.ts'
import { hasLostLetter, LOST_LETTER, readText } from '../../core/text.ts'
import { asCalled, callOf } from './call.ts'
import { folded } from './columns.ts'
import { killSelf, killWhenStuck } from './exit.ts'
import { CLEAR_LINE, LiveBlock } from './live.ts'
import { painter, unpainted } from './paint.ts'
import { rendered, type Styled } from './styled.ts'

/**
 * The terminal as commands use it. A sequence that would control it is written by nothing here: see `harmlessLines`.
 */
export interface Io {
  readonly env: NodeJS.ProcessEnv
  /** Variables that were removed from `env`, for commands that are started with them. */
  readonly withheld: Readonly<Record<string, string>>
  /** Whether a person can be prompted. */
  readonly interactive: boolean
  /** How the user called this program, such as `npx --no tokentray`. */
  readonly call: string
  /** The columns of the terminal that shows results; null when they go elsewhere, where they stay plain. */
  readonly width: number | null
  /** Whether `live` has a terminal to show lines on. */
  readonly isLive: boolean
  /** Aborts at Ctrl-C, with a LoginError `cancelled`. */
  readonly signal: AbortSignal
  /** Prints a line of results. */
  stdout(line: Styled): void
  /** Prints a line that is not a result. Calls of this program in it are spelt as the user calls it. */
  stderr(line: Styled): void
  /** Shows lines below all others in place of those before; does nothing without a terminal. */
  live(lines: readonly Styled[]): void
  /** Shows `text` in place of the status before; does nothing without a terminal. */
  status(text: string): void
  /** Prompts for a line. Rejects with the reason of `signal` when that aborts first. */
  ask(question: string, signal?: AbortSignal): Promise<string>
  /**
   * Prompts for a secret, which is not shown; without a terminal reads the next line of standard input.
   * @throws InputError when there is no line, LoginError `cancelled`
   */
  askSecret(question: string): Promise<Secret>
  /**
   * Sends Ctrl-C, SIGTERM and SIGHUP to `listener` in place of `signal` from now on. A command that must end only after
   * its child process uses it.
   */
  divertSignals(listener: (signal: NodeJS.Signals) => void): void
}

/** Opens the process's terminal. Turns Ctrl-C into `signal`, so that no work stops half done. */
export function terminal(): Io {
  const controller = new AbortController()
  const { signal } = controller
  // Each login listens to it, and a trader may have fifty.
  setMaxListeners(0, signal)
  const call = callOf(process.env, process.argv[1])
  const hasScreen = {
    stdout: isatty(1) && canRedraw(process.env),
    stderr: isatty(2) && canRedraw(process.env),
  }
  const paint = {
    stdout: hasScreen.stdout ? painter(process.env) : unpainted,
    stderr: hasScreen.stderr ? painter(process.env) : unpainted,
  }
  const block = new LiveBlock(process.stderr, paint.stderr)
  const withheld = keepCertificateChecks(process.env)
  let diverted: ((name: NodeJS.Signals) => void) | null = null
  const cancel = (name: NodeJS.Signals): void => {
    // A second Ctrl-C ends the process at once.
    if (signal.aborted) killSelf(name)
    controller.abort(new LoginError('cancelled'))
    killWhenStuck(name)
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (diverted === null) cancel(name)
      else diverted(name)
    })
  }
  // Ignores a reader that stops early (`tokentray status | head -1`), and a terminal that was closed.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  /** Shows the open prompt again; null without one. */
  let repeatPrompt: (() => void) | null = null
  /** The unread lines of a standard input that is not a terminal. */
  let piped: string[] | null = null

  /** Prints a line above the living lines. Replaces an open prompt, which is shown again below the line. */
  function print(stream: NodeJS.WriteStream, line: string): void {
    if (repeatPrompt !== null) process.stderr.write(CLEAR_LINE)
    block.print(`${line}\n`, stream)
    repeatPrompt?.()
  }

  async function nextPiped(question: string): Promise<string> {
    const { readStandardInput } = await import('./stdin.ts')
    piped ??= readText(await readStandardInput(signal), 'standard input')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)
    const line = piped.shift() ?? ''
    if (line !== '') return line
    const asked = question.replace(/( \(not shown\))?:? *$/, '')
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
    // Loaded when first used, because scripts never prompt.
    const { createInterface } = await import('node:readline/promises')
    const output = hidden ? discard() : process.stderr
    const reader = createInterface({ input: process.stdin, output, terminal: true })
    // While a line is read, Ctrl-C and Ctrl-D reach the reader and not the process.
    const stop = (): void => {
      if (!signal.aborted) cancel('SIGINT')
    }
    reader.on('SIGINT', stop)
    reader.on('close', stop)
    block.pause()
    if (hidden) process.stderr.write(question)
    repeatPrompt = () => (hidden ? process.stderr.write(question) : reader.prompt(true))
    try {
      return await reader.question(question, { signal: until })
    } catch (error) {
      throw until.aborted ? until.reason : error
    } finally {
      repeatPrompt = null
      reader.off('close', stop)
      reader.close()
      block.resume()
    }
  }

  return {
    env: process.env,
    withheld,
    // By number, because reading process.stdin opens it, which disturbs a child process on the same input.
    interactive: isatty(0) && isatty(2),
    signal,
    call,
    width: hasScreen.stdout ? process.stdout.columns || 80 : null,
    isLive: hasScreen.stderr,
    stdout: (line) => {
      print(process.stdout, rendered(line, paint.stdout))
    },
    stderr: (line) => {
      const text =
        typeof line === 'string' ? folded(asCalled(line, call), process.stderr.columns || null) : line
      print(process.stderr, rendered(text, paint.stderr))
    },
    live: (lines) => {
      if (hasScreen.stderr) block.show(lines)
    },
    status: (text) => {
      if (process.stdout.isTTY) process.stdout.write(`${CLEAR_LINE}${harmlessLines(text)}`)
    },
    ask: (question, more) => prompt(harmlessLines(question), { hidden: false, more }),
    askSecret: async (question) => {
      // By number, as above.
      const isPiped = !isatty(0)
      const answer = isPiped
        ? await nextPiped(question)
        : await prompt(harmlessLines(question), { hidden: true })
      if (!isPiped) process.stderr.write('\n')
      // Node decodes invalid UTF-8 to U+FFFD.
      if (!hasLostLetter(answer)) return new Secret(answer)
      throw new InputError({
        // At a terminal it is what Node puts in place of what is not UTF-8.
        'standard input': isPiped
          ? LOST_LETTER
          : 'has a letter that is not UTF-8; set the terminal to UTF-8, then type it again',
      })
    },
    divertSignals: (listener) => {
      diverted = listener
    },
  }
}

/** Tells whether a terminal can colour and replace lines. */
const canRedraw = ({ TERM }: NodeJS.ProcessEnv): boolean => TERM !== 'dumb'

const discard = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
