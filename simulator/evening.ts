import { LoginError } from '../electron/core/errors.ts'
import { coolDownLeft } from '../electron/core/login/attempts/cool-down.ts'
import type { Chance } from './chance.ts'
import type { Counts } from './counts.ts'
import { hasAuthenticator, knowsAll, type Desk } from './desk.ts'
import { Violation } from './ledger.ts'
import type { Logins, Outcome } from './logins.ts'
import type { Machine, Process } from './machine.ts'
import { newPassword } from './new-secrets.ts'

const MINUTE_MS = 60_000

interface EveningDeps {
  readonly machine: Machine
  readonly chance: Chance
  readonly counts: Counts
  readonly logins: Logins
}

/** The weather is calm again: now every login that can succeed has to. */
export class Evening {
  readonly #parts: EveningDeps

  constructor(parts: EveningDeps) {
    this.#parts = parts
  }

  async finish(desk: Desk, process: Process): Promise<void> {
    const { chance, counts, logins, machine } = this.#parts
    // A login that was cancelled may still be on its way out.
    await machine.time.sleep(3 * MINUTE_MS)
    const { coolDownUntil } = logins.account(desk)
    await machine.time.sleep(
      coolDownLeft(coolDownUntil, machine.time.now() + machine.clockAheadMs) + MINUTE_MS,
    )
    const mayTry = desk.ledger.mayTry && knowsAll(desk) && !desk.isBudgetInDoubt
    const { deadEnds } = desk.service
    const outcome = await logins.asking(desk, process)
    if (desk.service.deadEnds > deadEnds + 1) throw new Violation('a route that is gone was asked twice')
    if (!(outcome instanceof LoginError)) {
      await logins.assertKept(desk, process)
      await logins.assertNamed(desk, process)
      return
    }
    if (outcome.retrySafe) throw new Violation(`a calm morning ended with ${outcome.kind}`)
    if (mayTry) assertGone(desk, outcome)
    // There is nothing that the user could type.
    if (outcome.kind === 'protocol-changed') return
    counts.leftToTheUser++
    if (chance.happens(70)) await this.#userActs(desk, process)
  }

  /** The user looks after it and types the secrets again, right or wrong. */
  async #userActs(desk: Desk, process: Process): Promise<void> {
    const { chance, counts, logins, machine } = this.#parts
    counts.userActions++
    const isRight = chance.happens(85)
    const password = desk.model.credentials[desk.passwordField] ?? ''
    const values = {
      [desk.passwordField]: isRight ? password : newPassword(desk, chance),
      ...(hasAuthenticator(desk) && { totp_secret: desk.model.credentials['totp_secret'] ?? '' }),
    }
    await process.accounts.change(desk.account, { values, endpoints: desk.endpoints, acceptTerms: false })
    desk.typed = { ...desk.typed, ...values }
    desk.ledger.forgiven('password')
    desk.ledger.forgiven('code')
    desk.isBudgetInDoubt = false
    // A code of before may still be in its window.
    await machine.time.sleep(MINUTE_MS)
    const outcome = await logins.login(desk, process, false)
    if (isRight) assertGone(desk, outcome)
  }
}

/** Nothing but a route that is gone may keep a login from its end, and then that is what it says. */
function assertGone({ account, service }: Desk, outcome: Outcome): void {
  if (!(outcome instanceof LoginError)) return
  const words = `${outcome.kind}, ${outcome.message}`
  if (service.isWhole) throw new Violation(`${account}: a login that could succeed did not: ${words}`)
  if (outcome.kind !== 'protocol-changed') {
    throw new Violation(`${account}: a login that met a route that is gone ended with ${words}`)
  }
}
