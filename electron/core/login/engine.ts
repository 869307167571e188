import type { LoginProgress } from '../../contract/state.ts'
import { filledFields, type Account } from '../state/account.ts'
import { loginLock } from '../state/attempts.ts'
import { isForCodesAlone } from '../accounts/codes-alone.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { InputError, LoginError } from '../errors.ts'
import { freshness } from '../state/freshness.ts'
import { deleteBundle, readBundle } from '../accounts/bundle.ts'
import type { Actor, HistoryEvent } from '../state/history.ts'
import { assistedLogin, offeringAssisted } from './assisted.ts'
import { Conversation } from './conversation/conversation.ts'
import { coolDownLeft } from './attempts/cool-down.ts'
import { Deadline } from '../concurrency/deadline.ts'
import type { EngineDeps, LoginRun, LoginOptions, LoginResult, LogoutResult } from './types.ts'
import { keepToken } from './new-token.ts'
import { Progress } from './progress.ts'
import { Records } from './records.ts'
import { repeatedAsk } from './questions.ts'
import { pauseBeforeRetry } from './attempts/retry.ts'
import { SingleFlight } from '../concurrency/single-flight.ts'
import { isBesideToken, revokeToken, tryToken } from './token-calls.ts'
import { TraceRecorder } from './conversation/trace.ts'
import type { Trace } from '../state/trace.ts'
import { wait } from '../concurrency/wait.ts'

/** Logs accounts in, one login at a time per account, also across processes. */
export class LoginEngine {
  readonly #deps: EngineDeps & { readonly records: Records }
  readonly #flights = new SingleFlight<LoginResult>()
  readonly #progress = new Progress()

  constructor(deps: EngineDeps) {
    this.#deps = { ...deps, records: new Records(deps.store) }
  }

  /** The logins under way in this process, by account name. */
  get progress(): ReadonlyMap<string, LoginProgress> {
    return this.#progress.steps
  }

  /** Calls `listener` whenever `progress` changes; the function returned stops it. */
  onProgress(listener: () => void): () => void {
    return this.#progress.onChange(listener)
  }

  /**
   * Gets an account a working token. Asks the broker first whether the one at hand still works, unless `force`.
   * Callers at the same time share one login; it is cancelled when the last of them has aborted `signal`.
   * @throws LoginError how it ended, which the account's state then says too; InputError for an unknown account.
   */
  async login(name: string, options: LoginOptions = {}): Promise<LoginResult> {
    const { force = false, signal = new AbortController().signal, by = 'tray', ask, signIn } = options
    return this.#flights.join(name, signal, async (controller) => {
      const trace = new TraceRecorder(this.#deps.clock)
      const deadline = new Deadline(this.#deps.clock, controller)
      const flight: LoginRun = {
        name,
        force,
        signal: controller.signal,
        trace,
        ask:
          ask === undefined ? null : repeatedAsk((...question) => deadline.forAnswer(() => ask(...question))),
        signIn: signIn === undefined ? null : (...page) => deadline.forAnswer(() => signIn(...page)),
      }
      try {
        const result = await this.#underLock(
          flight,
          () => this.#obtain(flight),
          () => {
            this.#progress.begin(name, this.#find(name).broker, 'Waiting for another login to end')
          },
        )
        if (result === 'obtained') await this.#note(name, 'obtained', by)
        return result
      } catch (error) {
        // A login that was refused here has nothing to tell; what the one before it did may still be wanted.
        if (error instanceof LoginError && !trace.isEmpty) await this.#keepTrace(flight, error.kind)
        throw error
      } finally {
        deadline.cancel()
        this.#progress.end(name)
      }
    })
  }

  #traceOf({ trace }: LoginRun, result: Trace['result']): Trace {
    return trace.finish(result, this.#deps.offset.offsetMs)
  }

  async #keepTrace(flight: LoginRun, result: Trace['result']): Promise<void> {
    await this.#deps.records.setTrace(flight.name, this.#traceOf(flight, result))
  }

  /** Cancels the login of an account for everyone who waits for it. */
  cancel(name: string): void {
    this.#flights.cancel(name)
  }

  /**
   * Asks the broker whether the account's token works, if it can still be alive, and remembers the answer.
   * @throws LoginError `token-expired` when refused, others when the broker could not be asked
   */
  async probe(name: string, signal: AbortSignal): Promise<void> {
    return this.#probe(this.#brokerCall(name, signal))
  }

  async #probe(flight: LoginRun): Promise<void> {
    const { account, broker } = this.#find(flight.name)
    await tryToken(this.#deps, account, broker, () => this.#converse(account, broker, flight, 'probe'))
  }

  /**
   * Ends the account's token at the broker, where it can, and forgets it here.
   * @param onWait called when a login is under way that has to end first
   */
  async logout(
    name: string,
    signal: AbortSignal,
    by: Actor = 'tray',
    onWait?: () => void,
  ): Promise<LogoutResult> {
    const flight = this.#brokerCall(name, signal)
    const end = async (): Promise<LogoutResult> => {
      const { account, broker } = this.#find(name)
      const bundle = await readBundle(this.#deps.keychain, name, broker)
      if (bundle !== null && broker.revoke !== null) {
        await revokeToken(broker.revoke, this.#converse(account, broker, flight, 'revoke'), bundle)
      }
      await this.#deps.records.setToken(name, null)
      const result = bundle === null ? 'nothing' : broker.revoke === null ? 'forgotten' : 'revoked'
      if (result !== 'nothing') await this.#note(name, result, by)
      await deleteBundle(this.#deps.keychain, name, broker)
      return result
    }
    return this.#underLock(flight, end, onWait)
  }

  /** One that is no login: nobody is asked, and nothing is kept of what it did. */
  #brokerCall(name: string, signal: AbortSignal): LoginRun {
    return {
      name,
      force: false,
      signal,
      trace: new TraceRecorder(this.#deps.clock),
      ask: null,
      signIn: null,
    }
  }

  async #underLock<T>({ name, signal }: LoginRun, action: () => Promise<T>, onWait?: () => void): Promise<T> {
    const { account, broker } = this.#find(name)
    const lock = loginLock(account, broker)
    const release = await this.#deps.locks.acquire(lock, signal, onWait)
    try {
      await this.#deps.store.reload()
      return await action()
    } finally {
      await release()
    }
  }

  async #obtain(flight: LoginRun): Promise<LoginResult> {
    const { name, force, signal } = flight
    // It may have waited for another login; that is over.
    this.#progress.end(name)
    const before = this.#find(name).account.token?.issuedAt
    const failures: LoginError[] = []
    for (;;) {
      // A token that an earlier try has got and could not try out is asked about, not replaced.
      const token = this.#find(name).account.token
      const isNew = token !== null && token.issuedAt !== before
      try {
        if ((!force || isNew) && (await this.#stillWorks(flight))) {
          if (!isNew) return 'kept'
          await this.#keepTrace(flight, 'obtained')
          return 'obtained'
        }
        await this.#logIn(flight)
        return 'obtained'
      } catch (error) {
        // A sign-in by hand is begun anew by hand.
        if (!(error instanceof LoginError) || this.#find(name).account.mode === 'assisted') throw error
        const { attemptsLeft, coolDownUntil, spent } = this.#find(name).account
        const coolDownMs = coolDownLeft(coolDownUntil, this.#deps.clock.now())
        const login = { coolDownMs, attemptsLeft, isPasswordOpen: spent.password > 0 }
        const pause = pauseBeforeRetry(error, failures, this.#deps.troublePauses, login)
        if (pause === null) throw error
        failures.push(error)
        if (pause > 0) await this.#pause(name, pause, error, signal)
      }
    }
  }

  /** Waits before the next try. When the deadline comes first, what went wrong is still what the user is told. */
  async #pause(name: string, ms: number, error: LoginError, signal: AbortSignal): Promise<void> {
    this.#progress.begin(name, this.#find(name).broker, 'Waiting to try again')
    await wait(this.#deps.clock, ms, signal).catch((reason: unknown) => {
      throw reason instanceof LoginError && reason.kind === 'cancelled' ? reason : error
    })
  }

  /** Probe first: a login that is not needed kills other sessions at several brokers. */
  async #stillWorks(flight: LoginRun): Promise<boolean> {
    const { name } = flight
    const { account } = this.#find(name)
    const state = freshness(account.token, this.#deps.offset.brokerNow())
    if (state === 'none' || state === 'expired' || state === 'rejected') return false
    try {
      await this.#probe(flight)
      await this.#deps.records.setProbeProblem(name, null, this.#deps.clock.now())
      return true
    } catch (error) {
      if (error instanceof LoginError && error.kind === 'token-expired') return false
      if (!(error instanceof LoginError)) throw error
      await this.#deps.records.setProbeProblem(name, error, this.#deps.clock.now())
      if (isBesideToken(error)) return true
      throw error
    }
  }

  async #logIn(flight: LoginRun): Promise<void> {
    const { name } = flight
    const { account, broker } = this.#find(name)
    this.#progress.begin(name, broker)
    const conversation = this.#converse(account, broker, flight, 'login')
    try {
      // An account that has no login is told what is missing for one: nothing of it can be sent.
      const hasLogin = !isForCodesAlone(broker, filledFields(account))
      const isByHand = account.mode === 'assisted'
      if (hasLogin && !isByHand && account.termsAcceptedAt === null) throw termsNotAccepted(broker)
      conversation.assertNotCoolingDown()
      await conversation.tryProxy()
      await conversation.readSecrets()
      if (!isByHand) conversation.assertBudget()
      const bundle = isByHand
        ? await this.#byHand(flight, broker, conversation)
        : await broker.login(conversation)
      await keepToken(this.#deps, name, broker, conversation, bundle, () => this.#traceOf(flight, 'obtained'))
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
      const settled = offeringAssisted(await conversation.recordFailure(error), account, broker)
      await this.#deps.records.setProblem(name, settled, this.#deps.clock.now())
      throw settled
    }
  }

  async #byHand(
    { name, signIn, signal }: LoginRun,
    broker: Broker,
    conversation: Conversation,
  ): Promise<TokenBundle> {
    if (signIn !== null) await this.#deps.records.markTokenUnverified(name)
    this.#progress.begin(name, broker, 'Waiting for you to sign in')
    return assistedLogin(broker, conversation, signIn, signal)
  }

  #converse(account: Account, broker: Broker, { ask, signal, trace }: LoginRun, step: string): Conversation {
    return new Conversation({
      ...this.#deps,
      account,
      broker,
      signal,
      trace,
      ask,
      step,
      onStep: (stepId, waitingForCode) => {
        const waitingFor = waitingForCode ? 'Waiting for the next TOTP code' : undefined
        this.#progress.report(account.name, broker, stepId, waitingFor)
      },
    })
  }

  #find(name: string): { account: Account; broker: Broker } {
    const account = this.#deps.store.state.accounts.find((candidate) => candidate.name === name)
    if (account === undefined) throw new InputError({ name: `there is no account “${name}”` })
    const broker = this.#deps.brokers.get(account.brokerId)
    if (broker === undefined) throw new InputError({ name: `its broker “${account.brokerId}” is not known` })
    return { account, broker }
  }

  /** For the history: a token that works must not be given up because a note of it could not be written. */
  async #note(account: string, event: HistoryEvent['event'], by: Actor): Promise<void> {
    const at = this.#deps.clock.now()
    await this.#deps.history.add({ at, account, event, by }).catch(() => undefined)
  }
}

const termsNotAccepted = (broker: Broker): LoginError =>
  new LoginError('consent-required', {
    message: broker.terms.sentence,
    next: 'Read and accept this in the account’s details first.',
  })
