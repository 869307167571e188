import { tokenKey } from '../electron/core/state/account.ts'
import { brokers } from './brokers.ts'
import type { Desk } from './desk.ts'
import { Violation } from './ledger.ts'
import { Process, type Machine } from './machine.ts'

const FIVE_MINUTES_MS = 5 * 60_000

/** A login that says it has a token has one that the broker accepts. */
export async function assertWorks(machine: Machine, desk: Desk): Promise<void> {
  if (await isAccepted(machine, desk)) return
  throw new Violation(`a login at ${desk.account} ended well, with a token that is refused`)
}

/** A token that is called good is one that the broker accepts, unless it has changed its mind unasked. */
export async function assertHonest(machine: Machine, desk: Desk): Promise<void> {
  const freshness = (): string => new Process(machine).tokens.freshness(desk.account)
  if (desk.isTokenInDoubt || (await isAccepted(machine, desk))) return
  // A wrong clock may call a token "expiring" for some minutes after its end.
  if (freshness() === 'expiring') await machine.time.sleep(FIVE_MINUTES_MS)
  if (freshness() === 'fresh' || freshness() === 'expiring') {
    throw new Violation(`a token of ${desk.account} is called ${freshness()}, and the broker refuses it`)
  }
}

/** Whether the account has a token that works and that TokenTray has no reason to doubt. */
export async function hasGoodToken(machine: Machine, desk: Desk): Promise<boolean> {
  const state = new Process(machine).tokens.freshness(desk.account)
  return (state === 'fresh' || state === 'unverified') && isAccepted(machine, desk)
}

/** Whether the broker takes the token in the keychain. */
export async function isAccepted({ keychain }: Machine, { account, model }: Desk): Promise<boolean> {
  const bundle: Record<string, string> = {}
  for (const field of brokers.get(model.brokerId)?.tokenFields ?? []) {
    bundle[field] = (await keychain.get(tokenKey(account, field)))?.reveal() ?? ''
  }
  return model.accepts(bundle)
}
