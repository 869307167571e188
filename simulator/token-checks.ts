import { tokenKey } from '../electron/core/state/account.ts'
import { brokers } from './brokers.ts'
import type { TraderBroker } from './trader-broker.ts'
import { Violation } from './ledger.ts'
import { Process, type Machine } from './machine.ts'

const FIVE_MINUTES_MS = 5 * 60_000

/** Asserts that a login which reports success has a token that the broker accepts. */
export async function assertWorks(machine: Machine, broker: TraderBroker): Promise<void> {
  if (await isAccepted(machine, broker)) return
  throw new Violation(`a login at ${broker.account} ended well, with a token that is refused`)
}

/** Asserts that a token shown as good is accepted, unless the broker ended it without notice. */
export async function assertHonest(machine: Machine, broker: TraderBroker): Promise<void> {
  const freshness = (): string => new Process(machine).tokens.freshness(broker.account)
  if (broker.isTokenInDoubt || (await isAccepted(machine, broker))) return
  // A wrong clock may call a token "expiring" for some minutes after its end.
  if (freshness() === 'expiring') {
    await machine.time.sleep(FIVE_MINUTES_MS)
    // A login that was under way has brought another one meanwhile.
    if (await isAccepted(machine, broker)) return
  }
  if (freshness() === 'fresh' || freshness() === 'expiring') {
    throw new Violation(`a token of ${broker.account} is called ${freshness()}, and the broker refuses it`)
  }
}

/** Tells whether the account has a working token that TokenTray has no reason to doubt. */
export async function hasGoodToken(machine: Machine, broker: TraderBroker): Promise<boolean> {
  const state = new Process(machine).tokens.freshness(broker.account)
  return (state === 'fresh' || state === 'unverified') && isAccepted(machine, broker)
}

/** Tells whether the broker accepts the token in the keychain. */
export async function isAccepted({ keychain }: Machine, { account, model }: TraderBroker): Promise<boolean> {
  const bundle: Record<string, string> = {}
  for (const field of brokers.get(model.brokerId)?.tokenFields ?? []) {
    bundle[field] = (await keychain.get(tokenKey(account, field)))?.reveal() ?? ''
  }
  return model.accepts(bundle)
}
