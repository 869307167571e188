import { LoginError } from '../electron/core/errors.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { Counts } from './counts.ts'
import { hasAuthenticator, knowsAll, type TraderBroker } from './trader-broker.ts'
import { Violation } from './ledger.ts'
import type { Logins, Outcome } from './logins.ts'
import type { Machine, Process } from './machine.ts'
import { newPassword } from './new-secrets.ts'

const MINUTE_MS = 60_000

interface EveningDeps {
  readonly machine: Machine
  readonly random: SeededRandom
  readonly counts: Counts
  readonly logins: Logins
}

/** Checks a day's end without faults: every login that can succeed must succeed. */
export class Evening {
  readonly #deps: EveningDeps

  constructor(deps: EveningDeps) {
    this.#deps = deps
  }

  async finish(broker: TraderBroker, process: Process): Promise<void> {
    const { random, counts, logins, machine } = this.#deps
    // Waits until the requests of a cancelled login have ended.
    await machine.time.sleep(3 * MINUTE_MS)
    await machine.time.sleep(logins.pauseLeft(broker) + MINUTE_MS)
    const mayTry = broker.ledger.mayTry && knowsAll(broker) && !broker.isBudgetInDoubt
    const { deadEnds } = broker.service
    const outcome = await logins.loginWithProbe(broker, process)
    if (broker.service.deadEnds > deadEnds + 1) throw new Violation('a route that is gone was asked twice')
    if (!(outcome instanceof LoginError)) {
      await logins.assertKept(broker, process)
      await logins.assertNamed(broker, process)
      return
    }
    if (outcome.retrySafe) throw new Violation(`a calm morning ended with ${outcome.kind}`)
    if (mayTry) assertGone(broker, outcome)
    // No new entry of the user can help.
    if (outcome.kind === 'protocol-changed') return
    counts.leftToTheUser++
    if (random.happens(70)) await this.#userActs(broker, process)
  }

  /** Plays the user, who enters the secrets again, right or wrong. */
  async #userActs(broker: TraderBroker, process: Process): Promise<void> {
    const { random, counts, logins, machine } = this.#deps
    counts.userActions++
    const isRight = random.happens(85)
    const field = broker.passwordField
    const password = broker.model.credentials[field ?? ''] ?? ''
    const values = {
      ...(field !== null && { [field]: isRight ? password : newPassword(broker, field, random) }),
      ...(hasAuthenticator(broker) && { totp_secret: broker.model.credentials['totp_secret'] ?? '' }),
    }
    await process.accounts.change(broker.account, { values, endpoints: broker.endpoints, acceptTerms: false })
    broker.typed = { ...broker.typed, ...values }
    broker.ledger.secretEntered('password')
    broker.ledger.secretEntered('code')
    broker.isBudgetInDoubt = false
    // Waits until the window of an earlier code has ended.
    await machine.time.sleep(logins.pauseLeft(broker) + MINUTE_MS)
    const outcome = await logins.login(broker, process, false)
    if (isRight) assertGone(broker, outcome)
  }
}

/** Asserts that only a missing route made a login fail, and that the error says so. */
function assertGone({ account, service }: TraderBroker, outcome: Outcome): void {
  if (!(outcome instanceof LoginError)) return
  const words = `${outcome.kind}, ${outcome.message}`
  if (service.isWhole) throw new Violation(`${account}: a login that could succeed did not: ${words}`)
  if (outcome.kind !== 'protocol-changed') {
    throw new Violation(`${account}: a login that met a route that is gone ended with ${words}`)
  }
}
