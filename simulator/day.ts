import { LoginError } from '../electron/core/errors.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { Counts } from './counts.ts'
import { hasAuthenticator, knowsAll, type TraderBroker } from './trader-broker.ts'
import { Evening } from './evening.ts'
import { Violation } from './ledger.ts'
import { Logins } from './logins.ts'
import { Process, type Machine } from './machine.ts'
import { newPassword, newTotpSecret } from './new-secrets.ts'
import { assertHonest } from './token-checks.ts'
import type { FaultSchedule } from './fault-schedule.ts'

const MINUTE_MS = 60_000

export interface DayDeps {
  readonly machine: Machine
  readonly random: SeededRandom
  readonly faults: FaultSchedule
  readonly traderBrokers: readonly TraderBroker[]
  readonly counts: Counts
}

/** Plays one trader's day: injects faults, runs logins and checks the rules. */
export class Day {
  readonly #deps: DayDeps
  readonly #logins: Logins
  readonly #evening: Evening
  #tray: Process
  #script: Process

  constructor(deps: DayDeps) {
    this.#deps = deps
    this.#logins = new Logins(deps.machine, deps.counts)
    this.#evening = new Evening({ ...deps, logins: this.#logins })
    this.#tray = this.#startProcess()
    this.#script = this.#startProcess()
  }

  async live(): Promise<void> {
    const { random, counts, traderBrokers, machine, faults } = this.#deps
    counts.mornings++
    this.#overnight()
    if (traderBrokers.some(({ service }) => !service.isWhole)) counts.goneMornings++
    faults.startDay()
    for (let actions = random.between(1, 5); actions > 0; actions--) {
      if (random.happens(15)) this.#setClock()
      await Promise.all(traderBrokers.map((broker) => this.#act(broker)))
      await machine.time.sleep(random.between(0, 90_000))
    }
    faults.clear()
    if (this.#tray.isDead) this.#tray = this.#startProcess()
    await Promise.all(traderBrokers.map((broker) => this.#evening.finish(broker, this.#tray)))
    for (const hours of [19, 3]) {
      await machine.time.sleep(random.between(0, hours * 60 * MINUTE_MS))
      for (const broker of traderBrokers) await assertHonest(machine, broker)
    }
  }

  /** Changes things at the broker without telling TokenTray. */
  #overnight(): void {
    const { random, traderBrokers } = this.#deps
    for (const broker of traderBrokers) {
      broker.service.startDay(random)
      const wrongEntries = broker.model.wrongPasswords + broker.model.wrongCodes
      if (wrongEntries > broker.wrongEntriesForgotten) {
        broker.model.unblock()
        this.#endSessions(broker)
        broker.wrongEntriesForgotten = wrongEntries
      }
      if (random.happens(4) && broker.passwordField !== null) {
        broker.model.change({ [broker.passwordField]: newPassword(broker, broker.passwordField, random) })
        broker.ledger.passwordChanged()
      }
      if (hasAuthenticator(broker) && random.happens(3)) {
        broker.model.change({ totp_secret: newTotpSecret(random) })
      }
    }
  }

  /**
   * Sets the machine's clock, except during a pause that a broker asked for.
   * A changed clock could no longer tell how much of the pause is left.
   */
  #setClock(): void {
    const { random, traderBrokers, machine } = this.#deps
    const isPaused = (broker: TraderBroker): boolean =>
      broker.ledger.isPaused(machine.time.now()) || this.#logins.pauseLeft(broker) > 0
    if (traderBrokers.some(isPaused)) return
    machine.clockAheadMs = random.between(-120_000, 120_000)
  }

  /** Ends all sessions, as a login on another device or a whim of the broker does. */
  #endSessions(broker: TraderBroker): void {
    broker.model.endSessions()
    broker.isTokenInDoubt = true
  }

  async #act(broker: TraderBroker): Promise<void> {
    const { random } = this.#deps
    if (this.#tray.isDead) this.#tray = this.#startProcess()
    if (this.#script.isDead || random.happens(50)) this.#script = this.#startProcess()
    const [tray, script] = [this.#tray, this.#script]
    const force = random.happens(30)
    if (random.happens(15)) this.#endSessions(broker)
    switch (random.between(1, 10)) {
      case 1:
      case 2:
        await this.#logins.loginAlone(broker, tray, force)
        break
      case 3:
        await this.#logins.loginAlone(broker, script, false)
        break
      case 4:
        await Promise.all([
          this.#logins.login(broker, tray, force),
          this.#logins.login(broker, script, false),
        ])
        break
      case 5:
        await this.#twoCallers(broker, tray, force)
        break
      case 6:
        // Plays a bot that repeats a forced login in spite of every refusal.
        for (let tries = random.between(3, 12); tries > 0; tries--)
          await this.#logins.login(broker, script, true)
        break
      case 7:
        script.killAfter(random.between(1, 45))
        await Promise.all([
          this.#logins.login(broker, script, force),
          this.#logins.login(broker, tray, false),
        ])
        script.killAfter(Infinity)
        break
      case 8:
        await this.#loginAndCancel(broker, tray)
        break
      case 9:
        tray.killAfter(random.between(10, 45))
        await this.#logins.login(broker, tray, true)
        tray.killAfter(Infinity)
        break
      case 10:
        await this.#loginWithHiccup(broker, tray)
        break
    }
  }

  async #loginAndCancel(broker: TraderBroker, process: Process): Promise<void> {
    const { random, counts, machine } = this.#deps
    const controller = new AbortController()
    const login = this.#logins.login(broker, process, false, controller.signal)
    await machine.time.sleep(random.between(0, 3_000))
    controller.abort()
    const outcome = await login
    if (outcome instanceof LoginError && outcome.kind === 'cancelled') counts.cancelled++
  }

  /** Runs two callers in one process, which share one login unless faults separate them. */
  async #twoCallers(broker: TraderBroker, process: Process, force: boolean): Promise<void> {
    const before = broker.model.loginsCompleted
    await Promise.all([
      this.#logins.login(broker, process, force),
      this.#logins.login(broker, process, force),
    ])
    if (this.#deps.faults.isCalm && broker.model.loginsCompleted > before + 1) {
      throw new Violation('two callers at once made two logins')
    }
  }

  /** Checks that one passing fault on a calm morning, or a used code, does not cost the token. */
  async #loginWithHiccup(broker: TraderBroker, process: Process): Promise<void> {
    const { faults } = this.#deps
    const isPaused = this.#logins.pauseLeft(broker) > 0
    const mustWork =
      faults.isCalm &&
      !isPaused &&
      !broker.isSlow &&
      broker.service.isWhole &&
      broker.ledger.isClean &&
      knowsAll(broker) &&
      !broker.isBudgetInDoubt
    if (broker.mayHaveSecondCode && this.#deps.random.happens(30)) broker.model.useUpCode()
    else faults.hiccup(broker.model.brokerId)
    const outcome = await this.#logins.login(broker, process, true)
    if (mustWork && outcome instanceof LoginError) {
      throw new Violation(`one hiccup and the login ended with ${outcome.kind}, ${outcome.message}`)
    }
  }

  #startProcess(): Process {
    return new Process(this.#deps.machine, () => {
      for (const broker of this.#deps.traderBrokers) this.#noteKill(broker)
    })
  }

  /** Notes after a kill that TokenTray may have counted more attempts than the broker has seen. */
  #noteKill(broker: TraderBroker): void {
    const { spent, passwordRefused } = this.#logins.account(broker)
    broker.isBudgetInDoubt ||= spent.password > 0 || spent.code > 0
    if (!passwordRefused) broker.ledger.refusalForgotten()
    broker.ledger.pauseForgotten()
  }
}
