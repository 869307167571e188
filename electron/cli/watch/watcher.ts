import { setMaxListeners } from 'node:events'
import { AppModel } from '../../services/app-state.ts'
import type { Services } from '../../services/services.ts'
import type { AccountView } from '../../contract/state.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import { probeAlive } from '../../core/login/probe-all.ts'
import { Questions } from '../../core/login/questions.ts'
import { Secret } from '../../core/secret.ts'
import type { PracticeHost } from '../../services/practice-host.ts'
import type { Key } from './keys.ts'
import { osc52 } from './osc52.ts'
import { painter } from '../terminal/paint.ts'
import { picture, type View } from './picture.ts'
import type { Screen } from './screen.ts'

export interface WatcherDeps {
  readonly services: Services
  readonly screen: Screen
  readonly env: NodeJS.ProcessEnv
  readonly practice: PracticeHost
  /** Ends the watcher from outside. */
  readonly signal: AbortSignal
}

/** Shows the accounts on a terminal, keeps them up to date, and acts on keys. */
export class Watcher {
  readonly #deps: WatcherDeps
  readonly #model: AppModel
  readonly #questions: Questions
  readonly #ending = new AbortController()
  readonly #running = new Set<Promise<void>>()
  #view: View = { chosen: null, typed: '', message: null }
  #cancelTick: () => void = () => undefined

  constructor(deps: WatcherDeps) {
    this.#deps = deps
    // Each login and probe listens to it, and a trader may have fifty.
    setMaxListeners(0, this.#ending.signal)
    this.#questions = new Questions(deps.services.clock)
    this.#model = new AppModel({
      services: deps.services,
      clipboard: () => null,
      question: (name) => this.#questions.of(name),
      notices: () => [],
      nextRun: null,
      isVisible: () => !this.#ending.signal.aborted,
      lock: null,
    })
  }

  /** Resolves once the user has quit and all logins under way are cancelled. */
  async run(): Promise<void> {
    const { screen, services, signal, practice } = this.#deps
    const end = (): void => {
      this.#ending.abort(new LoginError('cancelled'))
    }
    signal.addEventListener('abort', end, { once: true })
    const refresh = (): void => {
      this.#model.refresh()
    }
    const stops = [
      services.store.onChange(refresh),
      services.engine.onProgress(refresh),
      services.store.watch(),
    ]
    this.#questions.onChange((change) => {
      refresh()
      if (change === 'asked') this.#chooseAsked()
      this.#draw()
    })
    this.#model.onChange(() => {
      this.#draw()
    })
    screen.onResize(() => {
      this.#draw()
    })
    const quit = new Promise<void>((resolve) => {
      this.#ending.signal.addEventListener('abort', () => resolve(), { once: true })
      if (signal.aborted) end()
    })
    screen.onKey((key) => {
      this.#press(key)
    })
    try {
      this.#move(0)
      this.#tick()
      this.#do(async () => {
        await this.#checkAgain()
        await practice.resume()
        await this.#probe()
      })
      await quit
    } finally {
      for (const stop of stops) stop()
      this.#cancelTick()
      // Restores the terminal before it waits for anything.
      screen.close()
      await Promise.allSettled(this.#running)
      this.#model.stop()
      await practice.stop()
    }
  }

  #press(key: Key): void {
    const account = this.#chosen
    this.#view = { ...this.#view, message: null }
    if (key.name === 'interrupt') this.#ending.abort(new LoginError('cancelled'))
    else if (key.name === 'up') this.#move(-1)
    else if (key.name === 'down') this.#move(1)
    else if (account?.question != null && this.#typeCode(account, key)) this.#draw()
    else if (key.name === 'character') this.#command(key.character)
    this.#draw()
  }

  /** Handles a key for the question of an account's login; returns false for other keys. */
  #typeCode({ name, question }: AccountView, key: Key): boolean {
    const { typed } = this.#view
    if (key.name === 'escape') this.#deps.services.engine.cancel(name)
    else if (key.name === 'backspace') this.#view = { ...this.#view, typed: typed.slice(0, -1) }
    else if (key.name === 'enter') {
      this.#do(() => {
        this.#questions.answer(name, typed)
        this.#view = { ...this.#view, typed: '' }
        return Promise.resolve()
      })
    } else if (key.name === 'character' && /^\d$/.test(key.character)) {
      this.#view = { ...this.#view, typed: `${typed}${key.character}`.slice(0, question?.digits ?? 0) }
    } else return false
    return true
  }

  #command(character: string): void {
    const { accounts, engine } = this.#deps.services
    const name = this.#chosen?.name
    if (character === 'q') this.#ending.abort(new LoginError('cancelled'))
    else if (character === 'k') this.#move(-1)
    else if (character === 'j') this.#move(1)
    else if (character === 'a') for (const each of accounts.namesWithLogin) this.#logIn(each)
    else if (character === 'r')
      this.#do(async () => {
        await this.#checkAgain()
        await this.#probe()
      })
    else if (character === 'p' && accounts.list.length === 0) this.#practise()
    else if (name === undefined) return
    else if (character === 'l') this.#logIn(name)
    else if (character === 'x') engine.cancel(name)
    else if (character === 't') this.#do(() => this.#copyToken(name))
    else if (character === 'c') this.#do(() => this.#copyCode(name))
  }

  #logIn(name: string): void {
    const ask = this.#questions.ask(name)
    this.#do(async () => {
      await this.#deps.services.engine.login(name, { ask, signal: this.#ending.signal, by: 'command line' })
    })
  }

  #practise(): void {
    this.#say('Starting a practice broker …')
    this.#do(async () => {
      const name = await this.#deps.practice.addAccount('kite-connect')
      this.#view = { ...this.#view, message: null }
      await this.#model.refreshCodes()
      this.#logIn(name)
    })
  }

  async #copyToken(name: string): Promise<void> {
    const { clock, history, tokens } = this.#deps.services
    if (!this.#send(await tokens.primary(name), `The token of ${name}`, `tokentray token ${name}`)) return
    await history.add({ at: clock.now(), account: name, event: 'copied', by: 'command line' })
  }

  async #copyCode(name: string): Promise<void> {
    const { code, isNext } = await this.#deps.services.codes.toCopy(name)
    const what = isNext ? 'next code' : 'code'
    this.#send(new Secret(code), `The ${what} of ${name}`, `tokentray totp ${name}`)
  }

  /** Sends a text to the terminal's clipboard; returns false when it has none. A terminal does not confirm the copy. */
  #send(text: Secret, what: string, instead: string): boolean {
    const sequence = osc52(text, this.#deps.env)
    if (sequence === null) {
      this.#say(`This terminal has no clipboard. On the command line: ${instead}`)
      return false
    }
    this.#deps.screen.send(sequence)
    this.#say(
      `${what} was sent to the terminal’s clipboard, which not every terminal has; nothing clears it by itself.`,
    )
    return true
  }

  async #checkAgain(): Promise<void> {
    await this.#model.checkKeychain()
    await this.#model.refreshCodes()
  }

  async #probe(): Promise<void> {
    if (this.#model.state.keychain !== null) return
    await probeAlive(this.#deps.services, this.#ending.signal)
  }

  /** Runs an action in the background and shows its error. */
  #do(action: () => Promise<void>): void {
    const running = Promise.resolve()
      .then(action)
      .catch((error: unknown) => {
        if (error instanceof LoginError) {
          this.#model.noteKeychain(error)
          // The account's card already shows the problem of a login.
          const isShown = this.#model.state.accounts.some(({ problem }) => problem?.message === error.message)
          if (error.kind !== 'cancelled' && !isShown) this.#say(`${error.message} ${error.next}`)
        } else if (error instanceof InputError) this.#say(error.message)
        else throw error
      })
    this.#running.add(running)
    void running.finally(() => this.#running.delete(running))
  }

  #say(message: string): void {
    this.#view = { ...this.#view, message }
    this.#draw()
  }

  get #chosen(): AccountView | undefined {
    return this.#model.state.accounts.find(({ name }) => name === this.#view.chosen)
  }

  /** Moves the selection by some accounts; by 0, to an account that exists. */
  #move(by: number): void {
    const names = this.#model.state.accounts.map(({ name }) => name)
    const at = names.findIndex((name) => name === this.#view.chosen)
    const next = names[Math.min(names.length - 1, Math.max(0, at + by))] ?? null
    if (next !== this.#view.chosen) this.#view = { ...this.#view, chosen: next, typed: '' }
  }

  /** Selects an account with a question, unless the selected one has its own. */
  #chooseAsked(): void {
    if (this.#chosen?.question != null) return
    const asking = this.#model.state.accounts.find(({ question }) => question !== null)
    if (asking !== undefined) this.#view = { ...this.#view, chosen: asking.name, typed: '' }
  }

  /** Redraws at each full second, for the clock. */
  #tick(): void {
    const { clock } = this.#deps.services
    this.#draw()
    this.#cancelTick = clock.after(1000 - (clock.now() % 1000), () => {
      this.#tick()
    })
  }

  #draw(): void {
    if (this.#chosen === undefined) this.#move(0)
    const { env, screen, services } = this.#deps
    const now = services.clock.now()
    const moment = { now, zone: new Date(now).getTimezoneOffset() }
    screen.show(picture(this.#model.state, this.#view, moment, screen.size, painter(env)))
  }
}
