import { LoginError } from '../../electron/core/errors.ts'
import { Secret } from '../../electron/core/secret.ts'
import { plainText, type Styled } from '../../electron/cli/terminal/styled.ts'
import type { Io } from '../../electron/cli/terminal/terminal.ts'

/** Plays a terminal for a test, which sees the output and types the answers. */
export class FakeTerminal implements Io {
  readonly env = {}
  readonly withheld = {}
  readonly call = 'tokentray'
  readonly width = null
  readonly isLive = false
  readonly interactive: boolean
  readonly printed: string[] = []
  readonly notes: string[] = []
  /** The questions, oldest first. */
  readonly asked: string[] = []
  readonly #controller = new AbortController()
  #answer: ((text: string) => void) | null = null
  #watchers: (() => void)[] = []

  constructor(interactive: boolean) {
    this.interactive = interactive
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  stdout(line: Styled): void {
    this.printed.push(plainText(line))
  }

  stderr(line: Styled): void {
    this.notes.push(plainText(line))
  }

  live(): void {
    // As below.
  }

  status(): void {
    // A live line leaves no trace on a terminal.
  }

  ask(question: string, signal?: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      for (const stop of [this.signal, ...(signal === undefined ? [] : [signal])]) {
        stop.addEventListener('abort', () => reject(stop.reason), { once: true })
      }
      this.#answer = resolve
      this.asked.push(question)
      for (const watcher of this.#watchers.splice(0)) watcher()
    })
  }

  async askSecret(question: string): Promise<Secret> {
    return new Secret(await this.ask(question))
  }

  divertSignals(): void {
    // A fake terminal starts no program.
  }

  /** Types a line. */
  type(text: string): void {
    this.#answer?.(text)
    this.#answer = null
  }

  /** Sends Ctrl-C. */
  interrupt(): void {
    this.#controller.abort(new LoginError('cancelled'))
  }

  /** Resolves once `count` questions have been asked. */
  async untilAsked(count = 1): Promise<void> {
    while (this.asked.length < count) await new Promise<void>((resolve) => this.#watchers.push(resolve))
  }
}
