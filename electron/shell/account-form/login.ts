import type { Services } from '../../services/services.ts'
import type { TestProgress, TestResult } from '../../contract/account-form.ts'
import type { Problem } from '../../contract/state.ts'
import { untilWords } from '../../contract/words.ts'
import { filledFields, type Account } from '../../core/state/account.ts'
import { isForCodesAlone } from '../../core/accounts/codes-alone.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import { LoginError } from '../../core/errors.ts'
import type { SignIn } from '../../core/login/assisted.ts'
import { attemptsWords, fieldToMend } from '../../core/login/attempts/messages.ts'
import type { LoginResult } from '../../core/login/types.ts'
import type { StateStore } from '../../core/state/state.ts'
import { Questions } from '../../core/login/questions.ts'

export type TestServices = Pick<Services, 'accounts' | 'clock' | 'engine'> & {
  readonly store: Pick<StateStore, 'state'>
}

/** Runs the test login of one form until the form closes. The form asks for a code that the login needs. */
export class FormLogin {
  readonly #services: TestServices
  readonly #signIn: (name: string) => SignIn
  readonly #onProgress: (progress: TestProgress) => void
  readonly #questions: Questions
  #running: { readonly name: string; readonly controller: AbortController } | null = null

  /**
   * @param signIn returns what shows the page for signing in to an account
   * @param onProgress is called with every step of a test
   */
  constructor(
    services: TestServices,
    signIn: (name: string) => SignIn,
    onProgress: (progress: TestProgress) => void,
  ) {
    this.#services = services
    this.#signIn = signIn
    this.#onProgress = onProgress
    this.#questions = new Questions(services.clock)
    this.#questions.onChange(() => this.#report())
  }

  /**
   * Logs an account in. Without new secrets it probes the stored token first, so that a working one saves the login.
   * @param entered whether the user entered new secrets, which only a login can verify
   */
  async run(name: string, entered: boolean): Promise<TestResult> {
    const { accounts, clock, engine } = this.#services
    const { account, broker } = accounts.open(name)
    if (isForCodesAlone(broker, filledFields(account)))
      return { ok: true, words: CODES_ALONE, hasToken: false }
    const controller = new AbortController()
    this.#running = { name, controller }
    const stopReports = engine.onProgress(() => this.#report())
    try {
      const { signal } = controller
      const ask = this.#questions.ask(name)
      const signIn = this.#signIn(name)
      const result = await engine.login(name, { force: entered, signal, ask, signIn })
      const { account: tried } = accounts.open(name)
      // The stored token works, but the next login fails.
      if (tried.problem !== null) return failed(tried.problem, tried, broker)
      return { ok: true, words: this.#successWords(result, tried), hasToken: true }
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

  /** @throws LoginError when the code has the wrong length or no login waits for one */
  answer(code: string): void {
    this.#questions.answer(this.#running?.name ?? '', code)
  }

  #report(): void {
    if (this.#running === null) return
    const { name } = this.#running
    const login = this.#services.engine.progress.get(name) ?? null
    this.#onProgress({ login, question: this.#questions.of(name) })
  }

  #successWords(result: LoginResult, { token }: Account): string {
    const { clock, store } = this.#services
    const now = clock.now()
    const end = token?.expiresAt ?? null
    const zone = new Date(now).getTimezoneOffset()
    const until = end === null ? '' : ` ${untilWords(end, now, zone, store.state.settings.hour12)}`
    return result === 'kept'
      ? `The access token at hand still works, and is good${until}. No new login was needed.`
      : loggedInWords(until.trim())
  }
}

/** @param until the token's end in words; empty when unknown */
export const loggedInWords = (until: string): string =>
  until === '' ? 'Logged in.' : `Logged in. The access token is good ${until}.`

const CODES_ALONE = 'Saved. This account shows codes and has no login to test.'

function failed(problem: Problem, account: Account, broker: Broker): TestResult {
  return {
    ok: false,
    problem,
    field: fieldToMend(problem, account, broker),
    attempts: attemptsWords(account, broker),
  }
}
