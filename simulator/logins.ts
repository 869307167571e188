import { curedByNewDetails } from '../electron/contract/status.ts'
import type { Account } from '../electron/core/state/account.ts'
import { LoginError } from '../electron/core/errors.ts'
import { coolDownLeft } from '../electron/core/login/attempts/cool-down.ts'
import { loginPauseLeft } from '../electron/core/login/attempts/login-limits.ts'
import { brokers } from './brokers.ts'
import type { Counts } from './counts.ts'
import { carriesTwo, type TraderBroker } from './trader-broker.ts'
import { Violation } from './ledger.ts'
import type { Machine, Process } from './machine.ts'
import { assertHonest, assertWorks, hasGoodToken, isAccepted } from './token-checks.ts'

export type Outcome = 'obtained' | 'kept' | 'killed' | LoginError

/** Runs logins in several ways and checks what must hold after each. */
export class Logins {
  readonly #machine: Machine
  readonly #counts: Counts

  constructor(machine: Machine, counts: Counts) {
    this.#machine = machine
    this.#counts = counts
  }

  async login(
    broker: TraderBroker,
    process: Process,
    force: boolean,
    signal?: AbortSignal,
  ): Promise<Outcome> {
    const counts = this.#counts
    const options = { force, ...(signal !== undefined && { signal }) }
    const wrongBefore = { ...broker.ledger.heardWrong }
    const login = process.engine.login(broker.account, options).catch((error: unknown) => {
      if (error instanceof LoginError) return error
      throw error
    })
    const outcome = await Promise.race([login, process.killed.then(() => 'killed' as const)])
    if (outcome === 'killed') {
      counts.kills++
      await assertHonest(this.#machine, broker)
    } else if (outcome instanceof LoginError) {
      counts.failures.set(outcome.kind, (counts.failures.get(outcome.kind) ?? 0) + 1)
      assertBlameless(broker, outcome, wrongBefore)
    } else {
      if (outcome === 'obtained') this.#countLogin(broker)
      else counts.kept++
      broker.isTokenInDoubt = false
      await assertWorks(this.#machine, broker)
    }
    return outcome
  }

  /**
   * Runs a login without `force` and without concurrent logins.
   * Asserts that a token which the broker accepts survives, even where the broker does not answer the probe. A token
   * that was to be exchanged for a longer one may end with a lost reply.
   */
  async loginWithProbe(broker: TraderBroker, process: Process): Promise<Outcome> {
    const hadToken = await hasGoodToken(this.#machine, broker)
    const before = broker.ledger.entriesSent
    const { renewals } = broker
    const ends = this.account(broker).token?.expiresAt ?? null
    const outcome = await this.login(broker, process, false)
    if (!hadToken || broker.renewals > renewals) return outcome
    // It ended while the login waited for replies, by the broker's clock or by this computer's.
    const { time, clockAheadMs } = this.#machine
    if (ends !== null && Math.max(broker.now(), time.now() + clockAheadMs) >= ends) return outcome
    if (broker.ledger.entriesSent > before)
      throw new Violation(`${broker.account}: a login replaced a token that works`)
    // Near its end a token is still handed out.
    const isKept =
      process.tokens.freshness(broker.account) === 'expiring'
        ? await isAccepted(this.#machine, broker)
        : await hasGoodToken(this.#machine, broker)
    if (!isKept) throw new Violation(`${broker.account}: a token that the broker takes was given up`)
    return outcome
  }

  /**
   * Runs a login without concurrent logins.
   * Asserts that a token that was refused or could not be checked is not shown as good.
   */
  async loginAlone(broker: TraderBroker, process: Process, force: boolean): Promise<void> {
    const outcome = await (force ? this.login(broker, process, true) : this.loginWithProbe(broker, process))
    const hasAsked = outcome instanceof LoginError && !force && outcome.kind !== 'rate-limited'
    if (!hasAsked) return
    const state = process.tokens.freshness(broker.account)
    const { trace } = this.account(broker)
    // A token that has ended by the broker's clock, as far as that is known, is not asked about.
    if (state === 'expiring' && trace?.lines.every(({ step }) => step !== 'probe') === true) return
    if (state === 'fresh' || state === 'expiring') {
      throw new Violation(`after ${outcome.kind} the token at hand is still called ${state}`)
    }
  }

  /** Asserts that a second login keeps the token. */
  async assertKept(broker: TraderBroker, process: Process): Promise<void> {
    const before = broker.ledger.entriesSent
    const outcome = await this.login(broker, process, false)
    if (outcome !== 'kept' || broker.ledger.entriesSent > before) {
      throw new Violation(`a token that works was not kept: ${String(outcome)}`)
    }
  }

  /** Asserts that a kept token is shown as good, or as unchecked where the broker does not answer here. */
  async assertNamed(broker: TraderBroker, process: Process): Promise<void> {
    const state = process.tokens.freshness(broker.account)
    const { problem } = this.account(broker)
    if (!broker.service.isElsewhere) {
      if (state === 'fresh' || state === 'expiring') return
      throw new Violation(`${broker.account}: a token that the broker takes is called ${state}`)
    }
    // Entries that the user must type again stay the shown problem.
    const isNamed =
      problem?.kind === 'ip-not-allowed' || (problem !== null && curedByNewDetails.has(problem.kind))
    if (state !== 'unverified' || !isNamed) {
      throw new Violation(`a token not checked from here is called ${state}, ${String(problem?.kind)}`)
    }
    await process.tokens.bundle(broker.account)
    const answer = await process.engine
      .probe(broker.account, new AbortController().signal)
      .catch((error: unknown) => error)
    const isSaid = answer instanceof LoginError && answer.kind === 'ip-not-allowed'
    if (
      !isSaid ||
      !(await isAccepted(this.#machine, broker)) ||
      !(await hasGoodToken(this.#machine, broker))
    ) {
      throw new Violation(`a question that is not answered here cost the token: ${String(answer)}`)
    }
  }

  /** Returns how long TokenTray sends this broker no login, by its own record, ms. */
  pauseLeft(broker: TraderBroker): number {
    const account = this.account(broker)
    const now = this.#machine.time.now() + this.#machine.clockAheadMs
    const known = brokers.get(broker.model.brokerId)
    const limit = known === undefined ? 0 : loginPauseLeft(account, known, now)
    return Math.max(coolDownLeft(account.coolDownUntil, now), limit)
  }

  account(broker: TraderBroker): Account {
    const account = this.#machine.state.accounts.find(({ name }) => name === broker.account)
    if (account === undefined) throw new Violation('an account is gone')
    return account
  }

  #countLogin(broker: TraderBroker): void {
    this.#counts.logins++
    if (broker.service.isOlder) this.#counts.fallbackLogins++
    if (carriesTwo(broker)) this.#counts.twoEntryLogins++
  }
}

/** Asserts that only an entry that a reply called wrong is reported as wrong. */
function assertBlameless(
  { account, ledger }: TraderBroker,
  { kind }: LoginError,
  before: TraderBroker['ledger']['heardWrong'],
): void {
  if (kind === 'account-locked') throw new Violation('the account was locked')
  const { password, code } = ledger.heardWrong
  const isBlamed =
    (kind === 'bad-credentials' && password === before.password) ||
    (kind === 'bad-totp' && code === before.code)
  if (isBlamed) throw new Violation(`${account}: ${kind}, and the broker has refused no such entry`)
}
