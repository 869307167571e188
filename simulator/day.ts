import type { Account } from '../electron/core/state/account.ts'
import { LoginError } from '../electron/core/errors.ts'
import { coolDownLeft } from '../electron/core/login/attempts/cool-down.ts'
import type { ProblemKind } from '../electron/contract/state.ts'
import type { Chance } from './chance.ts'
import type { Desk } from './desk.ts'
import { Violation } from './ledger.ts'
import { Process, type Machine } from './machine.ts'
import { newPassword, newTotpSecret } from './new-secrets.ts'
import { assertHonest, assertWorks } from './token-checks.ts'
import type { Weather } from './weather.ts'

const MINUTE_MS = 60_000

/** What a run counts. */
export class Counts {
  mornings = 0
  logins = 0
  kept = 0
  kills = 0
  cancelled = 0
  userActions = 0
  leftToTheUser = 0
  /** Logins that a proven password has carried over a lost reply. */
  savedByProof = 0
  readonly failures = new Map<ProblemKind, number>()
}

export interface DayDeps {
  readonly machine: Machine
  readonly chance: Chance
  readonly weather: Weather
  readonly desks: readonly Desk[]
  readonly counts: Counts
}

type Outcome = 'obtained' | 'kept' | 'killed' | LoginError

/** One trader's day: what goes wrong, what is tried, and what has to be true of it. */
export class Day {
  readonly #parts: DayDeps
  #tray: Process
  #script: Process

  constructor(parts: DayDeps) {
    this.#parts = parts
    this.#tray = this.#startProcess()
    this.#script = this.#startProcess()
  }

  async live(): Promise<void> {
    const { chance, counts, desks, machine, weather } = this.#parts
    counts.mornings++
    this.#overnight()
    weather.dawn()
    for (let actions = chance.between(1, 5); actions > 0; actions--) {
      if (chance.happens(15)) this.#setClock()
      await Promise.all(desks.map((desk) => this.#act(desk)))
      await machine.time.sleep(chance.between(0, 90_000))
    }
    weather.calm()
    await Promise.all(desks.map((desk) => this.#finish(desk)))
    for (const hours of [19, 3]) {
      await machine.time.sleep(chance.between(0, hours * 60 * MINUTE_MS))
      for (const desk of desks) await assertHonest(machine, desk)
    }
  }

  /** What happens at the broker without TokenTray being told. */
  #overnight(): void {
    const { chance, desks } = this.#parts
    for (const desk of desks) {
      const wrongEntries = desk.mind.wrongPasswords + desk.mind.wrongCodes
      if (wrongEntries > desk.wrongEntriesForgotten) {
        desk.mind.unblock()
        this.#endSessions(desk)
        desk.wrongEntriesForgotten = wrongEntries
      }
      if (chance.happens(4)) {
        desk.mind.change({ [desk.passwordField]: newPassword(desk, chance) })
        desk.ledger.passwordChanged()
      }
      if (hasAuthenticator(desk) && chance.happens(3)) {
        desk.mind.change({ totp_secret: newTotpSecret(chance) })
      }
    }
  }

  /**
   * Sets the machine's clock, but not while a broker is to be left alone: no clock of this machine could tell then
   * how much of the pause is left.
   */
  #setClock(): void {
    const { chance, desks, machine } = this.#parts
    if (desks.some(({ ledger }) => ledger.isPaused(machine.time.now()))) return
    machine.clockAheadMs = chance.between(-120_000, 120_000)
  }

  /** The trader uses another device, or the broker has one of its whims. */
  #endSessions(desk: Desk): void {
    desk.mind.endSessions()
    desk.isTokenInDoubt = true
  }

  async #act(desk: Desk): Promise<void> {
    const { chance } = this.#parts
    if (this.#tray.isDead) this.#tray = this.#startProcess()
    if (this.#script.isDead || chance.happens(50)) this.#script = this.#startProcess()
    const [tray, script] = [this.#tray, this.#script]
    const force = chance.happens(30)
    if (chance.happens(15)) this.#endSessions(desk)
    switch (chance.between(1, 10)) {
      case 1:
      case 2:
        await this.#loginAlone(desk, tray, force)
        break
      case 3:
        await this.#loginAlone(desk, script, false)
        break
      case 4:
        await Promise.all([this.#login(desk, tray, force), this.#login(desk, script, false)])
        break
      case 5:
        await this.#twoCallers(desk, tray, force)
        break
      case 6:
        // The bot that does not take no for an answer.
        for (let tries = chance.between(3, 12); tries > 0; tries--) await this.#login(desk, script, true)
        break
      case 7:
        script.killAfter(chance.between(1, 45))
        await Promise.all([this.#login(desk, script, force), this.#login(desk, tray, false)])
        script.killAfter(Infinity)
        break
      case 8:
        await this.#loginAndCancel(desk, tray)
        break
      case 9:
        tray.killAfter(chance.between(10, 45))
        await this.#login(desk, tray, true)
        tray.killAfter(Infinity)
        break
      case 10:
        await this.#loginWithHiccup(desk, tray)
        break
    }
  }

  async #login(desk: Desk, process: Process, force: boolean, signal?: AbortSignal): Promise<Outcome> {
    const { counts, machine } = this.#parts
    const options = { force, ...(signal !== undefined && { signal }) }
    const login = process.engine.login(desk.account, options).catch((error: unknown) => {
      if (error instanceof LoginError) return error
      throw error
    })
    const outcome = await Promise.race([login, process.killed.then(() => 'killed' as const)])
    if (outcome === 'killed') {
      counts.kills++
      await assertHonest(machine, desk)
    } else if (outcome instanceof LoginError) {
      counts.failures.set(outcome.kind, (counts.failures.get(outcome.kind) ?? 0) + 1)
      if (outcome.kind === 'account-locked') throw new Violation('the account was locked')
    } else {
      if (outcome === 'obtained') counts.logins++
      else counts.kept++
      desk.isTokenInDoubt = false
      await assertWorks(machine, desk)
    }
    return outcome
  }

  /** With nobody else at it, a token that could not be asked about, or was refused, is not called good afterwards. */
  async #loginAlone(desk: Desk, process: Process, force: boolean): Promise<void> {
    const outcome = await this.#login(desk, process, force)
    const hasAsked = outcome instanceof LoginError && !force && outcome.kind !== 'rate-limited'
    if (!hasAsked) return
    const state = process.tokens.freshness(desk.account)
    if (state === 'fresh' || state === 'expiring') {
      throw new Violation(`after ${outcome.kind} the token at hand is still called ${state}`)
    }
  }

  async #loginAndCancel(desk: Desk, process: Process): Promise<void> {
    const { chance, counts, machine } = this.#parts
    const controller = new AbortController()
    const login = this.#login(desk, process, false, controller.signal)
    await machine.time.sleep(chance.between(0, 3_000))
    controller.abort()
    const outcome = await login
    if (outcome instanceof LoginError && outcome.kind === 'cancelled') counts.cancelled++
  }

  /** Two callers in one process share one login, in calm weather at least: in bad weather one may come after. */
  async #twoCallers(desk: Desk, process: Process, force: boolean): Promise<void> {
    const before = desk.mind.loginsCompleted
    await Promise.all([this.#login(desk, process, force), this.#login(desk, process, force)])
    if (this.#parts.weather.isCalm && desk.mind.loginsCompleted > before + 1) {
      throw new Violation('two callers at once made two logins')
    }
  }

  /** Trouble that passes, once and on a calm morning, is no reason to come without a token; nor is a code used up. */
  async #loginWithHiccup(desk: Desk, process: Process): Promise<void> {
    const { machine, weather } = this.#parts
    const { coolDownUntil } = this.#account(desk)
    const isPaused = coolDownLeft(coolDownUntil, machine.time.now() + machine.clockAheadMs) > 0
    const mustWork =
      weather.isCalm && !isPaused && desk.ledger.isClean && this.#knowsAll(desk) && !desk.isBudgetInDoubt
    if (desk.mayHaveSecondCode && this.#parts.chance.happens(30)) desk.mind.useUpCode()
    else weather.hiccup(desk.mind.brokerId)
    const outcome = await this.#login(desk, process, true)
    if (mustWork && outcome instanceof LoginError) {
      throw new Violation(`one hiccup and the login ended with ${outcome.kind}, ${outcome.message}`)
    }
  }

  #knowsAll({ mind, typed }: Desk): boolean {
    return Object.entries(mind.credentials).every(([field, value]) => typed[field] === value)
  }

  #startProcess(): Process {
    return new Process(this.#parts.machine, () => {
      for (const desk of this.#parts.desks) this.#noteKill(desk)
    })
  }

  /** What was written down before the kill and not answered since may be more than the broker has seen. */
  #noteKill(desk: Desk): void {
    const { spent, passwordRefused } = this.#account(desk)
    desk.isBudgetInDoubt ||= spent.password > 0 || spent.code > 0
    if (!passwordRefused) desk.ledger.refusalForgotten()
    desk.ledger.pauseForgotten()
  }

  /** The weather is calm again: now every login that can succeed has to. */
  async #finish(desk: Desk): Promise<void> {
    const { chance, counts, machine } = this.#parts
    if (this.#tray.isDead) this.#tray = this.#startProcess()
    // A login that was cancelled may still be on its way out.
    await machine.time.sleep(3 * MINUTE_MS)
    const { coolDownUntil } = this.#account(desk)
    await machine.time.sleep(
      coolDownLeft(coolDownUntil, machine.time.now() + machine.clockAheadMs) + MINUTE_MS,
    )
    const mayTry = desk.ledger.mayTry
    const outcome = await this.#login(desk, this.#tray, false)
    if (!(outcome instanceof LoginError)) {
      await this.#assertKept(desk)
      return
    }
    if (mayTry && this.#knowsAll(desk) && !desk.isBudgetInDoubt) {
      throw new Violation(`a login that could succeed did not: ${outcome.kind}, ${outcome.message}`)
    }
    if (outcome.retrySafe) throw new Violation(`a calm morning ended with ${outcome.kind}`)
    counts.leftToTheUser++
    if (chance.happens(70)) await this.#userActs(desk)
  }

  /** The user looks after it and types the secrets again, right or wrong. */
  async #userActs(desk: Desk): Promise<void> {
    const { chance, counts, machine } = this.#parts
    counts.userActions++
    const isRight = chance.happens(85)
    const password = desk.mind.credentials[desk.passwordField] ?? ''
    const values = {
      [desk.passwordField]: isRight ? password : newPassword(desk, chance),
      ...(hasAuthenticator(desk) && { totp_secret: desk.mind.credentials['totp_secret'] ?? '' }),
    }
    await this.#tray.accounts.change(desk.account, { values, endpoints: desk.endpoints, acceptTerms: false })
    desk.typed = { ...desk.typed, ...values }
    desk.ledger.forgiven('password')
    desk.ledger.forgiven('code')
    desk.isBudgetInDoubt = false
    // A code of before may still be in its window.
    await machine.time.sleep(MINUTE_MS)
    const outcome = await this.#login(desk, this.#tray, false)
    if (isRight && outcome instanceof LoginError) {
      throw new Violation(`the right secrets were typed, and still: ${outcome.kind}, ${outcome.message}`)
    }
  }

  /** Who asks again gets the token at hand. */
  async #assertKept(desk: Desk): Promise<void> {
    const before = desk.ledger.entriesSent
    const outcome = await this.#login(desk, this.#tray, false)
    if (outcome !== 'kept' || desk.ledger.entriesSent > before) {
      throw new Violation(`a token that works was not kept: ${String(outcome)}`)
    }
  }

  #account(desk: Desk): Account {
    const account = this.#parts.machine.state.accounts.find(({ name }) => name === desk.account)
    if (account === undefined) throw new Violation('an account is gone')
    return account
  }
}

const hasAuthenticator = ({ mind }: Desk): boolean => mind.credentials['totp_secret'] !== undefined
