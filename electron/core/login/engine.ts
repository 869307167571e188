import type { LoginProgress } from '../../contract/state.ts'
import { filledFields } from '../state/account.ts'
import { loginLock } from '../state/attempts.ts'
import { isForCodesAlone } from '../accounts/codes-alone.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { asking, LoginError } from '../errors.ts'
import { freshness } from '../state/freshness.ts'
import { isTokenBound } from '../accounts/binding.ts'
import { deleteBundle, readBundle } from '../accounts/bundle.ts'
import type { Actor, HistoryEvent } from '../state/history.ts'
import { assistedLogin, offeringAssisted } from './assisted.ts'
import { Conversation } from './conversation/conversation.ts'
import { withKnownReason } from './conversation/settled-error.ts'
import { pauseLeft } from './attempts/login-limits.ts'
import { Deadline } from '../concurrency/deadline.ts'
import type { EngineDeps, LoginRun, LoginOptions, LoginResult, LogoutResult } from './types.ts'
import { keepToken } from './new-token.ts'
import { Progress } from './progress.ts'
import { withProbeProblem, withProblem, withToken, withTokenUnverified, withTrace } from './records.ts'
import { isNearEnd, isRefreshDue, refreshToken } from './refresh.ts'
import { repeatedAsk } from './questions.ts'
import { pauseBeforeRetry } from './attempts/retry.ts'
import { SingleFlight } from '../concurrency/single-flight.ts'
import { isBesideToken, revokeToken, tryToken } from './token-calls.ts'
import type { AccountHandle } from '../state/account-handle.ts'
import { TraceRecorder } from './conversation/trace.ts'
import type { Trace } from '../state/trace.ts'
import { wait } from '../concurrency/wait.ts'

/** Logs accounts in: one login at a time for each account, across processes too. */
export class LoginEngine {
  readonly #deps: EngineDeps
  readonly #flights = new SingleFlight<LoginResult>()
  readonly #progress = new Progress()

  constructor(deps: EngineDeps) {
    this.#deps = deps
  }

  /** The step of each login that runs in this process, by account name. */
  get progress(): ReadonlyMap<string, LoginProgress> {
    return this.#progress.steps
  }

  /** Calls `listener` whenever `progress` changes, until the returned function is called. */
  onProgress(listener: () => void): () => void {
    return this.#progress.onChange(listener)
  }

  /**
   * Gets an account a working token. Unless `force`, asks the broker first whether the token at hand still works.
   * Concurrent callers share one login. It is cancelled when all of them have aborted their `signal`.
   * @throws LoginError when the login failed; the account's `problem` then says the same. InputError for an unknown
   *   account
   */
  async login(name: string, options: LoginOptions = {}): Promise<LoginResult> {
    const {
      force = false,
      signal = new AbortController().signal,
      by = 'tray',
      ask,
      signIn,
      byHand = false,
    } = options
    return this.#flights.join(name, signal, async (controller) => {
      const handle = this.#deps.accounts.open(name)
      const trace = new TraceRecorder(this.#deps.clock)
      const deadline = new Deadline(this.#deps.clock, controller)
      const run: LoginRun = {
        handle,
        force,
        signal: controller.signal,
        trace,
        ask:
          ask === undefined ? null : repeatedAsk((...question) => deadline.forAnswer(() => ask(...question))),
        byHand,
        signIn: signIn === undefined ? null : (...page) => deadline.forAnswer(() => signIn(...page)),
      }
      try {
        const result = await this.#underLock(
          run,
          () => this.#obtain(run),
          () => {
            this.#progress.begin(handle, 'Waiting for another login to end')
          },
        )
        if (result === 'obtained') await this.#note(name, 'obtained', by)
        return result
      } catch (error) {
        // A login that has sent nothing leaves the previous trace, because support may still need that one.
        if (error instanceof LoginError && !trace.isEmpty) {
          await handle.update(withTrace(this.#traceOf(run, error.kind)))
        }
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

  /** Cancels an account's login for all its callers. */
  cancel(name: string): void {
    this.#flights.cancel(name)
  }

  /**
   * Asks the broker whether the account's token works, and records the answer.
   * @throws LoginError `token-expired` when there is no token or the broker refuses it, others when the broker could
   *   not be asked
   */
  async probe(name: string, signal: AbortSignal): Promise<void> {
    const call = this.#brokerCall(name, signal)
    await this.#probe(call)
    // A broker that has answered is no longer the problem that it was.
    if (call.handle.account.problem !== null)
      await call.handle.update(withProbeProblem(null, this.#deps.clock.now()))
  }

  async #probe(run: LoginRun): Promise<void> {
    await tryToken(this.#deps.keychain, run.handle, () => this.#converse(run, 'probe'))
  }

  /**
   * Revokes the account's token, where the broker has a call for it, and deletes it here.
   * @param onWait called when a running login has to end first
   */
  async logout(
    name: string,
    signal: AbortSignal,
    by: Actor = 'tray',
    onWait?: () => void,
  ): Promise<LogoutResult> {
    const call = this.#brokerCall(name, signal)
    const { handle } = call
    const end = async (): Promise<LogoutResult> => {
      const { broker } = handle
      const bundle = await readBundle(this.#deps.keychain, name, broker)
      const revoke =
        bundle !== null && (await isTokenBound(this.#deps.keychain, handle.account, broker))
          ? broker.revoke
          : null
      if (bundle !== null && revoke !== null)
        await revokeToken(revoke, this.#converse(call, 'revoke'), bundle)
      await handle.update(withToken(null))
      const result = bundle === null ? 'nothing' : revoke === null ? 'forgotten' : 'revoked'
      if (result !== 'nothing') await this.#note(name, result, by)
      await deleteBundle(this.#deps.keychain, name, broker)
      return result
    }
    return this.#underLock(call, end, onWait)
  }

  /** Returns a run that is not a login (probe, logout): it never prompts, and records no trace. */
  #brokerCall(name: string, signal: AbortSignal): LoginRun {
    return {
      handle: this.#deps.accounts.open(name),
      force: false,
      signal,
      trace: new TraceRecorder(this.#deps.clock),
      ask: null,
      signIn: null,
      byHand: false,
    }
  }

  /** Runs `action` while no other process logs in to the account or changes it. */
  async #underLock<T>(
    { handle, signal }: LoginRun,
    action: () => Promise<T>,
    onWait?: () => void,
  ): Promise<T> {
    const lock = loginLock(handle.account, handle.broker)
    const release = await this.#deps.locks.acquire(lock, signal, onWait)
    try {
      await this.#deps.store.reload()
      return await action()
    } finally {
      await release()
    }
  }

  /** Logs in, and again after transient failures for as long as another attempt is safe. */
  async #obtain(run: LoginRun): Promise<LoginResult> {
    const { handle, force } = run
    // Removes “Waiting for another login to end”.
    this.#progress.end(handle.name)
    const before = handle.account.token?.issuedAt
    const failures: LoginError[] = []
    for (;;) {
      // An earlier attempt may have got a token without being able to probe it: that one is probed, not replaced.
      const { token } = handle.account
      const isNew = token !== null && token.issuedAt !== before
      try {
        if ((!force || isNew) && (await this.#stillWorks(run))) {
          if (isNew) {
            await handle.update(withTrace(this.#traceOf(run, 'obtained')))
            return 'obtained'
          }
          if (!this.#isRefreshDue(handle)) return 'kept'
          if (await this.#refresh(run)) return 'obtained'
          const isKept = !isNearEnd(handle.account.token, this.#deps.offset.brokerNow())
          if (isKept && (await this.#stillWorks(run))) return 'kept'
        }
        await this.#logIn(run)
        return 'obtained'
      } catch (error) {
        // Only the user can begin an assisted sign-in again.
        if (!(error instanceof LoginError) || isByHand(run)) throw error
        const { attemptsLeft, spent } = handle.account
        const coolDownMs = pauseLeft(handle.account, handle.broker, this.#deps.clock.now())
        const login = { coolDownMs, attemptsLeft, isPasswordOpen: spent.password > 0 }
        const pause = pauseBeforeRetry(error, failures, this.#deps.troublePauses, login)
        if (pause === null) throw error
        failures.push(error)
        if (pause > 0) await this.#pause(run, pause, error)
      }
    }
  }

  /** Waits before the next attempt. When the deadline comes first, throws `error`, which tells the user more. */
  async #pause({ handle, signal }: LoginRun, ms: number, error: LoginError): Promise<void> {
    this.#progress.begin(handle, 'Waiting to try again')
    await wait(this.#deps.clock, ms, signal).catch((reason: unknown) => {
      throw reason instanceof LoginError && reason.kind === 'cancelled' ? reason : error
    })
  }

  /** Probes the token at hand, because an unneeded login ends other sessions at several brokers. */
  async #stillWorks(run: LoginRun): Promise<boolean> {
    const { handle } = run
    const state = freshness(handle.account.token, this.#deps.offset.brokerNow())
    if (state === 'none' || state === 'expired' || state === 'rejected') return false
    try {
      await this.#probe(run)
      await handle.update(withProbeProblem(null, this.#deps.clock.now()))
      return true
    } catch (error) {
      if (error instanceof LoginError && error.kind === 'token-expired') return false
      if (!(error instanceof LoginError)) throw error
      await handle.update(withProbeProblem(error, this.#deps.clock.now()))
      if (isBesideToken(error)) return true
      throw error
    }
  }

  #isRefreshDue({ account, broker }: AccountHandle): boolean {
    return broker.refresh !== undefined && isRefreshDue(account.token, this.#deps.offset.brokerNow())
  }

  async #refresh(run: LoginRun): Promise<boolean> {
    const converse = (): Conversation => this.#converse(run, 'refresh')
    try {
      return await refreshToken(this.#deps, run.handle, converse, () => this.#traceOf(run, 'obtained'))
    } catch (error) {
      if (error instanceof LoginError)
        await run.handle.update(withProbeProblem(error, this.#deps.clock.now()))
      throw error
    }
  }

  async #logIn(run: LoginRun): Promise<void> {
    const { handle } = run
    const { account, broker } = handle
    this.#progress.begin(handle)
    const conversation = this.#converse(run, 'login')
    try {
      // An account without a login sends nothing, so it needs no consent: it hears below which entry is missing.
      const hasLogin = !isForCodesAlone(broker, filledFields(account))
      const byHand = isByHand(run)
      if (hasLogin && !byHand && account.termsAcceptedAt === null) throw termsNotAccepted(broker)
      conversation.assertNotCoolingDown()
      await conversation.readSecrets()
      if (!byHand) conversation.assertBudget()
      const bundle = byHand ? await this.#byHand(run, conversation) : await broker.login(conversation)
      await keepToken(this.#deps, handle, conversation, bundle, () => this.#traceOf(run, 'obtained'))
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
      const reasoned = withKnownReason(await conversation.recordFailure(error), handle.account.problem)
      const settled = offeringAssisted(reasoned, account, broker)
      await handle.update(withProblem(settled, this.#deps.clock.now()))
      throw settled
    }
  }

  async #byHand({ handle, signIn, signal }: LoginRun, conversation: Conversation): Promise<TokenBundle> {
    if (signIn !== null) await handle.update(withTokenUnverified)
    this.#progress.begin(handle, 'Waiting for you to sign in')
    return assistedLogin(handle.broker, conversation, signIn, signal)
  }

  #converse({ handle, ask, signal, trace }: LoginRun, step: string): Conversation {
    return new Conversation({
      ...this.#deps,
      handle,
      signal,
      trace,
      ask,
      step,
      onStep: (stepId, waitingForCode) => {
        const waitingFor = waitingForCode ? 'Waiting for the next TOTP code' : undefined
        this.#progress.report(handle, stepId, waitingFor)
      },
    })
  }

  /** Adds to the history. Ignores a failed write, because a working token must not be lost for it. */
  async #note(account: string, event: HistoryEvent['event'], by: Actor): Promise<void> {
    const at = this.#deps.clock.now()
    await this.#deps.history.add({ at, account, event, by }).catch(() => undefined)
  }
}

const isByHand = ({ byHand, handle }: LoginRun): boolean => byHand || handle.account.mode === 'assisted'

const termsNotAccepted = (broker: Broker): LoginError =>
  new LoginError('consent-required', {
    message: broker.terms.sentence,
    next: asking('change', 'Read and accept this in the account’s details first.'),
  })
