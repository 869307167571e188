import { curedByNewDetails } from '../electron/contract/status.ts'
import type { Account } from '../electron/core/state/account.ts'
import { LoginError } from '../electron/core/errors.ts'
import type { Counts } from './counts.ts'
import { carriesTwo, type Desk } from './desk.ts'
import { Violation } from './ledger.ts'
import type { Machine, Process } from './machine.ts'
import { assertHonest, assertWorks, hasGoodToken, isAccepted } from './token-checks.ts'

export type Outcome = 'obtained' | 'kept' | 'killed' | LoginError

/** The ways a login is asked for, and what has to be true of each however it ends. */
export class Logins {
  readonly #machine: Machine
  readonly #counts: Counts

  constructor(machine: Machine, counts: Counts) {
    this.#machine = machine
    this.#counts = counts
  }

  async login(desk: Desk, process: Process, force: boolean, signal?: AbortSignal): Promise<Outcome> {
    const counts = this.#counts
    const options = { force, ...(signal !== undefined && { signal }) }
    const wrongBefore = { ...desk.ledger.heardWrong }
    const login = process.engine.login(desk.account, options).catch((error: unknown) => {
      if (error instanceof LoginError) return error
      throw error
    })
    const outcome = await Promise.race([login, process.killed.then(() => 'killed' as const)])
    if (outcome === 'killed') {
      counts.kills++
      await assertHonest(this.#machine, desk)
    } else if (outcome instanceof LoginError) {
      counts.failures.set(outcome.kind, (counts.failures.get(outcome.kind) ?? 0) + 1)
      assertBlameless(desk, outcome, wrongBefore)
    } else {
      if (outcome === 'obtained') this.#countLogin(desk)
      else counts.kept++
      desk.isTokenInDoubt = false
      await assertWorks(this.#machine, desk)
    }
    return outcome
  }

  /**
   * With nobody else at it, a login that asks first gives up no token that the broker takes, whatever the broker
   * says to the question: it may not answer that from here, or not at all any more.
   */
  async asking(desk: Desk, process: Process): Promise<Outcome> {
    const hadToken = await hasGoodToken(this.#machine, desk)
    const before = desk.ledger.entriesSent
    const outcome = await this.login(desk, process, false)
    if (!hadToken) return outcome
    if (desk.ledger.entriesSent > before)
      throw new Violation(`${desk.account}: a login replaced a token that works`)
    if (!(await hasGoodToken(this.#machine, desk))) {
      throw new Violation(`${desk.account}: a token that the broker takes was given up`)
    }
    return outcome
  }

  /** With nobody else at it, a token that could not be asked about, or was refused, is not called good afterwards. */
  async alone(desk: Desk, process: Process, force: boolean): Promise<void> {
    const outcome = await (force ? this.login(desk, process, true) : this.asking(desk, process))
    const hasAsked = outcome instanceof LoginError && !force && outcome.kind !== 'rate-limited'
    if (!hasAsked) return
    const state = process.tokens.freshness(desk.account)
    if (state === 'fresh' || state === 'expiring') {
      throw new Violation(`after ${outcome.kind} the token at hand is still called ${state}`)
    }
  }

  /** Who asks again gets the token at hand. */
  async assertKept(desk: Desk, process: Process): Promise<void> {
    const before = desk.ledger.entriesSent
    const outcome = await this.login(desk, process, false)
    if (outcome !== 'kept' || desk.ledger.entriesSent > before) {
      throw new Violation(`a token that works was not kept: ${String(outcome)}`)
    }
  }

  /** A token at hand is called good, or not checked from here where the broker does not answer that here. */
  async assertNamed(desk: Desk, process: Process): Promise<void> {
    const state = process.tokens.freshness(desk.account)
    const { problem } = this.account(desk)
    if (!desk.service.isElsewhere) {
      if (state === 'fresh' || state === 'expiring') return
      throw new Violation(`${desk.account}: a token that the broker takes is called ${state}`)
    }
    // Entries that have to be typed again stay the problem, whatever else there is.
    const isNamed =
      problem?.kind === 'ip-not-allowed' || (problem !== null && curedByNewDetails.has(problem.kind))
    if (state !== 'unverified' || !isNamed) {
      throw new Violation(`a token not checked from here is called ${state}, ${String(problem?.kind)}`)
    }
    await process.tokens.bundle(desk.account)
    const answer = await process.engine
      .probe(desk.account, new AbortController().signal)
      .catch((error: unknown) => error)
    const isSaid = answer instanceof LoginError && answer.kind === 'ip-not-allowed'
    if (!isSaid || !(await isAccepted(this.#machine, desk)) || !(await hasGoodToken(this.#machine, desk))) {
      throw new Violation(`a question that is not answered here cost the token: ${String(answer)}`)
    }
  }

  account(desk: Desk): Account {
    const account = this.#machine.state.accounts.find(({ name }) => name === desk.account)
    if (account === undefined) throw new Violation('an account is gone')
    return account
  }

  #countLogin(desk: Desk): void {
    this.#counts.logins++
    if (desk.service.isOlder) this.#counts.fallbackLogins++
    if (carriesTwo(desk)) this.#counts.twoEntryLogins++
  }
}

/** No entry is called wrong that the broker was not heard to call wrong. */
function assertBlameless(
  { account, ledger }: Desk,
  { kind }: LoginError,
  before: Desk['ledger']['heardWrong'],
): void {
  if (kind === 'account-locked') throw new Violation('the account was locked')
  const { password, code } = ledger.heardWrong
  const isBlamed =
    (kind === 'bad-credentials' && password === before.password) ||
    (kind === 'bad-totp' && code === before.code)
  if (isBlamed) throw new Violation(`${account}: ${kind}, and the broker has refused no such entry`)
}
