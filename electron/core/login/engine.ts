import type { LoginProgress } from '../../contract/state.ts'
import { loginLock, tokenKey, withAccount, type Account } from '../accounts/account.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { InputError, LoginError } from '../errors.ts'
import type { Clock, Keychain, Locks, OpenHttpSession, StateStore } from '../ports.ts'
import { freshness, type TokenRecord } from '../tokens/freshness.ts'
import { readBundle } from '../tokens/bundle.ts'
import type { ClockOffset } from '../totp/clock-offset.ts'
import { BrokerConversation } from './context.ts'
import { pauseBeforeRetry } from './retry.ts'
import { SingleFlight } from './single-flight.ts'
import { wait } from './wait.ts'

/** A login that has not ended by then never will, ms. It has room for one whole TOTP window of waiting. */
export const LOGIN_DEADLINE_MS = 120_000

export interface EngineParts {
  readonly store: StateStore
  readonly keychain: Keychain
  readonly locks: Locks
  readonly openHttp: OpenHttpSession
  readonly clock: Clock
  readonly offset: ClockOffset
  readonly brokers: ReadonlyMap<string, Broker>
  /** The pauses before another try after passing trouble, ms; `TROUBLE_PAUSES_MS` but in tests. */
  readonly troublePauses: readonly number[]
}

/** `kept`: the token at hand still works, nothing else was sent. `obtained`: a new login. */
export type LoginResult = 'kept' | 'obtained'

/** Logs accounts in, one login at a time per account, also across processes. */
export class LoginEngine {
  readonly #parts: EngineParts
  readonly #flights = new SingleFlight<LoginResult>()
  readonly #progress = new Map<string, LoginProgress>()
  readonly #listeners = new Set<() => void>()

  constructor(parts: EngineParts) {
    this.#parts = parts
  }

  /** The logins under way in this process, by account name. */
  get progress(): ReadonlyMap<string, LoginProgress> {
    return this.#progress
  }

  /** Calls `listener` whenever `progress` changes; the function returned stops it. */
  onProgress(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Gets an account a working token. Asks the broker first whether the one at hand still works, unless `force`.
   * Callers at the same time share one login; it is cancelled when the last of them has aborted `signal`.
   * @throws LoginError how it ended, which the account's state then says too; InputError for an unknown account.
   */
  async login(name: string, options: { force?: boolean; signal?: AbortSignal } = {}): Promise<LoginResult> {
    const { force = false, signal = new AbortController().signal } = options
    return this.#flights.join(name, signal, (controller) => this.#takeOff(name, force, controller))
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
    const { account, broker } = this.#find(name)
    const { token } = account
    const bundle = await readBundle(this.#parts.keychain, name, broker)
    if (token === null || bundle === null) throw new LoginError('token-expired')
    const conversation = this.#converse(account, broker, signal)
    conversation.learn(bundle)
    try {
      await broker.probe(conversation, bundle)
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
      const seen = error.kind === 'token-expired' ? 'rejected' : 'unverified'
      if (error.kind !== 'cancelled') await this.#setSeen(name, token, seen)
      throw conversation.clean(error)
    }
    await this.#setSeen(name, token, 'accepted')
  }

  /** Ends the account's token at the broker, where it can, and forgets it here. */
  async logout(name: string, signal: AbortSignal): Promise<void> {
    await this.#underLock(name, signal, async () => {
      const { account, broker } = this.#find(name)
      const bundle = await readBundle(this.#parts.keychain, name, broker)
      if (bundle !== null && broker.revoke !== null) {
        const conversation = this.#converse(account, broker, signal)
        conversation.learn(bundle)
        await broker.revoke(conversation, bundle).catch((error: unknown) => {
          // A token the broker no longer knows is as revoked as can be.
          if (error instanceof LoginError && error.kind === 'token-expired') return
          throw error instanceof LoginError ? conversation.clean(error) : error
        })
      }
      await this.#setToken(name, null)
      for (const field of broker.tokenFields) await this.#parts.keychain.delete(tokenKey(name, field))
    })
  }

  async #takeOff(name: string, force: boolean, controller: AbortController): Promise<LoginResult> {
    const { signal } = controller
    const stopDeadline = this.#parts.clock.after(LOGIN_DEADLINE_MS, () => {
      controller.abort(new LoginError('timeout'))
    })
    try {
      return await this.#underLock(name, signal, () => this.#obtain(name, force, signal))
    } finally {
      stopDeadline()
      this.#report(name, null)
    }
  }

  async #underLock<T>(name: string, signal: AbortSignal, action: () => Promise<T>): Promise<T> {
    const { account, broker } = this.#find(name)
    const release = await this.#parts.locks.acquire(loginLock(account, broker.identity), signal)
    try {
      await this.#parts.store.reload()
      return await action()
    } finally {
      await release()
    }
  }

  async #obtain(name: string, force: boolean, signal: AbortSignal): Promise<LoginResult> {
    const before = this.#find(name).account.token?.issuedAt
    const failures: LoginError[] = []
    for (;;) {
      // A token that an earlier try has got and could not try out is asked about, not replaced.
      const token = this.#find(name).account.token
      const isNew = token !== null && token.issuedAt !== before
      try {
        if ((!force || isNew) && (await this.#stillWorks(name, signal))) return isNew ? 'obtained' : 'kept'
        await this.#logIn(name, signal)
        return 'obtained'
      } catch (error) {
        if (!(error instanceof LoginError)) throw error
        const pause = pauseBeforeRetry(error, failures, this.#parts.troublePauses)
        if (pause === null) throw error
        failures.push(error)
        if (pause > 0) await this.#pause(name, pause, error, signal)
      }
    }
  }

  /** Waits before the next try. When the deadline comes first, what went wrong is still what the user is told. */
  async #pause(name: string, ms: number, error: LoginError, signal: AbortSignal): Promise<void> {
    const { broker } = this.#find(name)
    this.#report(name, broker, broker.steps[0]?.id, 'Waiting to try again')
    await wait(this.#parts.clock, ms, signal).catch((reason: unknown) => {
      throw reason instanceof LoginError && reason.kind === 'cancelled' ? reason : error
    })
  }

  /** Probe first: a login that is not needed kills other sessions at several brokers. */
  async #stillWorks(name: string, signal: AbortSignal): Promise<boolean> {
    const { account } = this.#find(name)
    const state = freshness(account.token, this.#parts.clock.now())
    if (state === 'none' || state === 'expired' || state === 'rejected') return false
    try {
      await this.probe(name, signal)
      await this.#setProblem(name, null)
      return true
    } catch (error) {
      if (error instanceof LoginError && error.kind === 'token-expired') return false
      if (error instanceof LoginError) await this.#setProblem(name, error)
      throw error
    }
  }

  async #logIn(name: string, signal: AbortSignal): Promise<void> {
    const { account, broker } = this.#find(name)
    this.#report(name, broker, broker.steps[0]?.id)
    const conversation = this.#converse(account, broker, signal)
    try {
      if (account.termsAcceptedAt === null) throw termsNotAccepted(broker)
      await conversation.readSecrets()
      const bundle = await broker.login(conversation)
      await this.#keep(account, broker, conversation, bundle)
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
      const settled = conversation.clean(await conversation.settleFailure(error))
      await this.#setProblem(name, settled)
      throw settled
    }
  }

  /** Stores a new token and tries it: only what the broker was seen to accept counts as good. */
  async #keep(
    account: Account,
    broker: Broker,
    conversation: BrokerConversation,
    bundle: TokenBundle,
  ): Promise<void> {
    const { name } = account
    conversation.learn(bundle)
    const issuedAt = this.#parts.offset.brokerNow()
    // Until the last item is stored the state says "no token", so that a crash leaves none half written.
    await this.#setToken(name, null)
    for (const [field, value] of Object.entries(bundle)) {
      await this.#parts.keychain.set(tokenKey(name, field), value)
    }
    const token = { issuedAt, expiresAt: broker.expiresAt(issuedAt), seen: 'unverified' } as const
    await this.#setToken(name, token)
    conversation.report('probe')
    try {
      await broker.probe(conversation, bundle)
    } catch (error) {
      if (!(error instanceof LoginError && error.kind === 'token-expired')) throw error
      await this.#setToken(name, { ...token, seen: 'rejected' })
      throw new LoginError('protocol-changed', {
        message: 'The broker handed out a token and then did not accept it.',
        ...(error.brokerWords !== null && { brokerWords: error.brokerWords }),
      })
    }
    await this.#setToken(name, { ...token, seen: 'accepted' })
    await this.#setProblem(name, null)
  }

  #converse(account: Account, broker: Broker, signal: AbortSignal): BrokerConversation {
    return new BrokerConversation({
      ...this.#parts,
      account,
      broker,
      signal,
      onStep: (stepId, waitingForCode) => {
        this.#report(
          account.name,
          broker,
          stepId,
          waitingForCode ? 'Waiting for the next TOTP code' : undefined,
        )
      },
    })
  }

  #find(name: string): { account: Account; broker: Broker } {
    const account = this.#parts.store.state.accounts.find((candidate) => candidate.name === name)
    if (account === undefined) throw new InputError({ name: `there is no account “${name}”` })
    const broker = this.#parts.brokers.get(account.brokerId)
    if (broker === undefined) throw new InputError({ name: `its broker “${account.brokerId}” is not known` })
    return { account, broker }
  }

  async #setToken(name: string, token: TokenRecord | null): Promise<void> {
    await this.#parts.store.update((state) => withAccount(state, name, (account) => ({ ...account, token })))
  }

  /** Notes what the broker said of `token`, unless another token has taken its place meanwhile. */
  async #setSeen(name: string, token: TokenRecord, seen: TokenRecord['seen']): Promise<void> {
    await this.#parts.store.update((state) =>
      withAccount(state, name, (account) =>
        account.token?.issuedAt === token.issuedAt ? { ...account, token: { ...token, seen } } : account,
      ),
    )
  }

  async #setProblem(name: string, error: LoginError | null): Promise<void> {
    const problem =
      error === null || error.kind === 'cancelled' ? null : error.toProblem(this.#parts.clock.now())
    await this.#parts.store.update((state) =>
      withAccount(state, name, (account) => ({ ...account, problem })),
    )
  }

  #report(name: string, broker: Broker | null, stepId?: string, waitingFor?: string): void {
    const index = broker?.steps.findIndex(({ id }) => id === stepId) ?? -1
    const step = broker?.steps[index]
    if (broker === null || step === undefined) this.#progress.delete(name)
    else {
      const label = waitingFor ?? step.label
      this.#progress.set(name, { step: index + 1, total: broker.steps.length, label })
    }
    for (const listener of this.#listeners) listener()
  }
}

const termsNotAccepted = (broker: Broker): LoginError =>
  new LoginError('consent-required', {
    message: broker.terms.sentence,
    next: 'Read and accept this in the account’s details first.',
  })
