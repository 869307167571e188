import { LoginError } from '../electron/core/errors.ts'
import { coolDownLeft } from '../electron/core/login/attempts/cool-down.ts'
import type { Chance } from './chance.ts'
import type { Counts } from './counts.ts'
import { hasAuthenticator, knowsAll, type Desk } from './desk.ts'
import { Evening } from './evening.ts'
import { Violation } from './ledger.ts'
import { Logins } from './logins.ts'
import { Process, type Machine } from './machine.ts'
import { newPassword, newTotpSecret } from './new-secrets.ts'
import { assertHonest } from './token-checks.ts'
import type { Weather } from './weather.ts'

const MINUTE_MS = 60_000

export interface DayDeps {
  readonly machine: Machine
  readonly chance: Chance
  readonly weather: Weather
  readonly desks: readonly Desk[]
  readonly counts: Counts
}

/** One trader's day: what goes wrong, what is tried, and what has to be true of it. */
export class Day {
  readonly #parts: DayDeps
  readonly #logins: Logins
  readonly #evening: Evening
  #tray: Process
  #script: Process

  constructor(parts: DayDeps) {
    this.#parts = parts
    this.#logins = new Logins(parts.machine, parts.counts)
    this.#evening = new Evening({ ...parts, logins: this.#logins })
    this.#tray = this.#startProcess()
    this.#script = this.#startProcess()
  }

  async live(): Promise<void> {
    const { chance, counts, desks, machine, weather } = this.#parts
    counts.mornings++
    this.#overnight()
    if (desks.some(({ service }) => !service.isWhole)) counts.goneMornings++
    weather.dawn()
    for (let actions = chance.between(1, 5); actions > 0; actions--) {
      if (chance.happens(15)) this.#setClock()
      await Promise.all(desks.map((desk) => this.#act(desk)))
      await machine.time.sleep(chance.between(0, 90_000))
    }
    weather.calm()
    if (this.#tray.isDead) this.#tray = this.#startProcess()
    await Promise.all(desks.map((desk) => this.#evening.finish(desk, this.#tray)))
    for (const hours of [19, 3]) {
      await machine.time.sleep(chance.between(0, hours * 60 * MINUTE_MS))
      for (const desk of desks) await assertHonest(machine, desk)
    }
  }

  /** What happens at the broker without TokenTray being told. */
  #overnight(): void {
    const { chance, desks } = this.#parts
    for (const desk of desks) {
      desk.service.dawn(chance)
      const wrongEntries = desk.model.wrongPasswords + desk.model.wrongCodes
      if (wrongEntries > desk.wrongEntriesForgotten) {
        desk.model.unblock()
        this.#endSessions(desk)
        desk.wrongEntriesForgotten = wrongEntries
      }
      if (chance.happens(4)) {
        desk.model.change({ [desk.passwordField]: newPassword(desk, chance) })
        desk.ledger.passwordChanged()
      }
      if (hasAuthenticator(desk) && chance.happens(3)) {
        desk.model.change({ totp_secret: newTotpSecret(chance) })
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
    desk.model.endSessions()
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
        await this.#logins.alone(desk, tray, force)
        break
      case 3:
        await this.#logins.alone(desk, script, false)
        break
      case 4:
        await Promise.all([this.#logins.login(desk, tray, force), this.#logins.login(desk, script, false)])
        break
      case 5:
        await this.#twoCallers(desk, tray, force)
        break
      case 6:
        // The bot that does not take no for an answer.
        for (let tries = chance.between(3, 12); tries > 0; tries--)
          await this.#logins.login(desk, script, true)
        break
      case 7:
        script.killAfter(chance.between(1, 45))
        await Promise.all([this.#logins.login(desk, script, force), this.#logins.login(desk, tray, false)])
        script.killAfter(Infinity)
        break
      case 8:
        await this.#loginAndCancel(desk, tray)
        break
      case 9:
        tray.killAfter(chance.between(10, 45))
        await this.#logins.login(desk, tray, true)
        tray.killAfter(Infinity)
        break
      case 10:
        await this.#loginWithHiccup(desk, tray)
        break
    }
  }

  async #loginAndCancel(desk: Desk, process: Process): Promise<void> {
    const { chance, counts, machine } = this.#parts
    const controller = new AbortController()
    const login = this.#logins.login(desk, process, false, controller.signal)
    await machine.time.sleep(chance.between(0, 3_000))
    controller.abort()
    const outcome = await login
    if (outcome instanceof LoginError && outcome.kind === 'cancelled') counts.cancelled++
  }

  /** Two callers in one process share one login, in calm weather at least: in bad weather one may come after. */
  async #twoCallers(desk: Desk, process: Process, force: boolean): Promise<void> {
    const before = desk.model.loginsCompleted
    await Promise.all([this.#logins.login(desk, process, force), this.#logins.login(desk, process, force)])
    if (this.#parts.weather.isCalm && desk.model.loginsCompleted > before + 1) {
      throw new Violation('two callers at once made two logins')
    }
  }

  /** Trouble that passes, once and on a calm morning, is no reason to come without a token; nor is a code used up. */
  async #loginWithHiccup(desk: Desk, process: Process): Promise<void> {
    const { machine, weather } = this.#parts
    const { coolDownUntil } = this.#logins.account(desk)
    const isPaused = coolDownLeft(coolDownUntil, machine.time.now() + machine.clockAheadMs) > 0
    const mustWork =
      weather.isCalm &&
      !isPaused &&
      desk.service.isWhole &&
      desk.ledger.isClean &&
      knowsAll(desk) &&
      !desk.isBudgetInDoubt
    if (desk.mayHaveSecondCode && this.#parts.chance.happens(30)) desk.model.useUpCode()
    else weather.hiccup(desk.model.brokerId)
    const outcome = await this.#logins.login(desk, process, true)
    if (mustWork && outcome instanceof LoginError) {
      throw new Violation(`one hiccup and the login ended with ${outcome.kind}, ${outcome.message}`)
    }
  }

  #startProcess(): Process {
    return new Process(this.#parts.machine, () => {
      for (const desk of this.#parts.desks) this.#noteKill(desk)
    })
  }

  /** What was written down before the kill and not answered since may be more than the broker has seen. */
  #noteKill(desk: Desk): void {
    const { spent, passwordRefused } = this.#logins.account(desk)
    desk.isBudgetInDoubt ||= spent.password > 0 || spent.code > 0
    if (!passwordRefused) desk.ledger.refusalForgotten()
    desk.ledger.pauseForgotten()
  }
}
