import type { Services } from '../../services/services.ts'
import type { TestProgress, TestResult } from '../../contract/account-form.ts'
import type { Problem } from '../../contract/state.ts'
import { untilWords } from '../../contract/words.ts'
import { filledFields, type Account } from '../../core/state/account.ts'
import { isForCodesAlone } from '../../core/accounts/codes-alone.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import { LoginError } from '../../core/errors.ts'
import { attemptsWords, fieldToMend } from '../../core/login/attempts/messages.ts'
import type { LoginResult } from '../../core/login/types.ts'
import type { StateStore } from '../../core/state/state.ts'
import { signInWindow } from '../windows/sign-in-window.ts'
import { Questions } from '../../core/login/questions.ts'

export type TestServices = Pick<Services, 'accounts' | 'clock' | 'engine' | 'keychain'> & {
  readonly store: Pick<StateStore, 'state'>
}

/** The test login of one form, which ends when the form is closed. A code that it needs is asked for in the form. */
export class FormLogin {
  readonly #services: TestServices
  readonly #tell: (progress: TestProgress) => void
  readonly #questions: Questions
  #running: { readonly name: string; readonly controller: AbortController } | null = null

  /** @param tell is called with every step of a test */
  constructor(services: TestServices, tell: (progress: TestProgress) => void) {
    this.#services = services
    this.#tell = tell
    this.#questions = new Questions(services.clock)
    this.#questions.onChange(() => this.#report())
  }

  /**
   * Logs an account in. The token at hand is asked about first, so that a test that has nothing to find out sends
   * nothing; `entered` says that secrets were entered anew, which only a login shows to be right.
   */
  async run(name: string, entered: boolean): Promise<TestResult> {
    const { accounts, clock, engine } = this.#services
    const { account, broker } = accounts.open(name)
    if (isForCodesAlone(broker, filledFields(account))) return { ok: true, words: CODES_ALONE }
    const controller = new AbortController()
    this.#running = { name, controller }
    const stopReports = engine.onProgress(() => this.#report())
    try {
      const { signal } = controller
      const ask = this.#questions.ask(name)
      const signIn = signInWindow(() => accounts.open(name).account, this.#services)
      const result = await engine.login(name, { force: entered, signal, ask, signIn })
      const { account: tried } = accounts.open(name)
      // The token at hand works, and the next login will not.
      if (tried.problem !== null) return failed(tried.problem, tried, broker)
      return { ok: true, words: this.#wentWell(result, tried) }
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
      return failed(error.toProblem(clock.now()), accounts.open(name).account, broker)
    } finally {
      stopReports()
      this.#running = null
    }
  }

  cancel(): void {
    this.#running?.controller.abort()
  }

  /** @throws LoginError when it is of the wrong length, or no code is waited for */
  answer(code: string): void {
    this.#questions.answer(this.#running?.name ?? '', code)
  }

  #report(): void {
    if (this.#running === null) return
    const { name } = this.#running
    const login = this.#services.engine.progress.get(name) ?? null
    this.#tell({ login, question: this.#questions.of(name) })
  }

  #wentWell(result: LoginResult, { token }: Account): string {
    const { clock, store } = this.#services
    const now = clock.now()
    const end = token?.expiresAt ?? null
    const zone = new Date(now).getTimezoneOffset()
    const until = end === null ? '' : ` ${untilWords(end, now, zone, store.state.settings.hour12)}`
    return result === 'kept'
      ? `The access token at hand still works, and is good${until}. No new login was needed.`
      : `Logged in. The access token is good${until}.`
  }
}

const CODES_ALONE = 'Saved. This account shows codes and has no login to test.'

function failed(problem: Problem, account: Account, broker: Broker): TestResult {
  return {
    ok: false,
    problem,
    field: fieldToMend(problem, account, broker),
    attempts: attemptsWords(account, broker),
  }
}
