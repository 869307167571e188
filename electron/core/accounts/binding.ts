import * as z from 'zod/mini'
import { isLoopback } from '../address.ts'
import type { Broker } from '../brokers/broker.ts'
import { isEqual } from '../../contract/equal.ts'
import { LoginError } from '../errors.ts'
import type { Keychain } from '../ports.ts'
import { Secret } from '../secret.ts'
import { bindingKey, tokenBindingKey, type Account } from '../state/account.ts'

/** What the keychain says beside an account's secrets of where they may go. */
const Binding = z.object({
  /** As `destinationOf` has it. */
  to: z.array(z.string()),
  /** The fields whose stored values were entered for it. */
  fields: z.array(z.string()),
})
export type Binding = z.infer<typeof Binding>

/** The part of an account that decides where its secrets go. Other programs may have changed it in the state file. */
export type Destined = Pick<Account, 'brokerId' | 'endpoints' | 'proxy'>

/**
 * Returns where an account's secrets go, for a comparison: its broker, each address that is not the broker's own, and
 * its proxy.
 */
export function destinationOf(
  { brokerId, endpoints, proxy }: Destined,
  broker: Pick<Broker, 'endpoints'>,
): string[] {
  const others = Object.entries(endpoints)
    .filter(([key, url]) => canonical(url) !== canonical(broker.endpoints[key] ?? ''))
    .map(([key, url]) => `${key} ${canonical(url)}`)
  return [brokerId, ...others.sort(), ...(proxy === null ? [] : [`proxy ${proxy.url}`])]
}

const canonical = (url: string): string => (URL.canParse(url) ? new URL(url).href : url)

/** Tells whether a changed account sends its secrets elsewhere. */
export const isMoved = (before: Destined, after: Destined, broker: Pick<Broker, 'endpoints'>): boolean =>
  !isEqual(destinationOf(before, broker), destinationOf(after, broker))

/**
 * Tells whether secrets from before there were bindings may be bound to an account's addresses: the broker's own, or
 * all on this computer.
 */
function isTrusted(account: Destined, broker: Pick<Broker, 'endpoints'>): boolean {
  const isLocal = (url: string): boolean => URL.canParse(url) && isLoopback(new URL(url))
  const used = Object.keys(broker.endpoints).map(
    (key) => account.endpoints[key] ?? broker.endpoints[key] ?? '',
  )
  return destinationOf({ ...account, proxy: null }, broker).length === 1 || used.every(isLocal)
}

async function read(keychain: Keychain, key: string): Promise<Binding | null> {
  const text = await keychain.get(key)
  if (text === null) return null
  try {
    return Binding.parse(JSON.parse(text.reveal()))
  } catch {
    // One that can't be read allows nothing.
    return { to: [], fields: [] }
  }
}

/** Returns a binding in the form in which the keychain holds it. */
const sealed = (binding: Binding): Secret => new Secret(JSON.stringify(binding))

/** Returns the fields whose secrets may go to an account's addresses; null when none may. Binds secrets that never were. */
export async function boundFields(
  keychain: Keychain,
  account: Account,
  broker: Broker,
): Promise<readonly string[] | null> {
  const to = destinationOf(account, broker)
  const binding = await read(keychain, bindingKey(account.name))
  if (binding !== null) return isEqual(binding.to, to) ? binding.fields : null
  if (!isTrusted(account, broker)) return null
  const fields = Object.keys(account.secretsSetAt)
  await keychain.set(bindingKey(account.name), sealed({ to, fields }))
  return fields
}

/** Returns the error for stored secrets that were entered for other addresses. Nothing was sent. */
export function boundElsewhere({ name, secretsSetAt }: Account): LoginError {
  const asks = Object.keys(secretsSetAt).map((field) => ` --ask ${field}`)
  return new LoginError('app-config', {
    message:
      'The secrets of this account were not entered for the addresses and the proxy that it has now. Nothing was sent.',
    next:
      'Check the addresses under “Advanced” in the account’s details: a program may have changed them. ' +
      `If they are right, enter all secrets again there, or with: tokentray account edit ${name}${asks.join('')}`,
    notJudged: true,
  })
}

/** The items to write around an account's secrets: `before` them, and `after` them. Null leaves the item as it is. */
export interface Rebinding {
  readonly before: Secret | null
  readonly after: Secret | null
}

/**
 * Returns how to bind secrets that the user enters for an account. For a new destination the earlier secrets lose
 * theirs before any is written, so that no crash leaves one bound to addresses that it was not entered for.
 * @param before null for a new account
 * @param entered the names of the secrets entered
 */
export async function rebinding(
  keychain: Keychain,
  before: Account | null,
  after: Destined & Pick<Account, 'name'>,
  broker: Broker,
  entered: readonly string[],
): Promise<Rebinding> {
  if (entered.length === 0 && before !== null && !isMoved(before, after, broker))
    return { before: null, after: null }
  const to = destinationOf(after, broker)
  const binding = (await read(keychain, bindingKey(after.name))) ?? unbound(before, broker)
  const isKept = isEqual(binding.to, to)
  const fields = [...new Set([...(isKept ? binding.fields : []), ...entered])]
  return {
    before: isKept || before === null ? null : sealed({ to, fields: [] }),
    after: sealed({ to, fields }),
  }
}

/** Returns the binding of secrets that have none yet. */
const unbound = (account: Account | null, broker: Broker): Binding =>
  account !== null && isTrusted(account, broker)
    ? { to: destinationOf(account, broker), fields: Object.keys(account.secretsSetAt) }
    : { to: [], fields: [] }

/**
 * Binds the secrets of a practice account to its broker's new ports. Secrets that are bound to any address elsewhere
 * stay as they are.
 */
export async function followOnLoopback(
  keychain: Keychain,
  account: Account,
  endpoints: Account['endpoints'],
  broker: Broker,
): Promise<void> {
  const binding = await read(keychain, bindingKey(account.name))
  const [brokerId, ...addresses] = binding?.to ?? []
  const isLocal = (text: string): boolean => isLoopback(new URL(text.slice(text.indexOf(' ') + 1)))
  if (binding === null || brokerId !== broker.id || addresses.length === 0 || !addresses.every(isLocal))
    return
  const to = destinationOf({ ...account, endpoints }, broker)
  await keychain.set(bindingKey(account.name), sealed({ ...binding, to }))
}

/** Binds an account's token to its broker's addresses. A proxy sees nothing of it. */
export async function bindToken(keychain: Keychain, account: Account, broker: Broker): Promise<void> {
  const to = destinationOf({ ...account, proxy: null }, broker)
  await keychain.set(tokenBindingKey(account.name), sealed({ to, fields: [] }))
}

/** Tells whether an account's token may be sent to its addresses. */
export async function isTokenBound(keychain: Keychain, account: Account, broker: Broker): Promise<boolean> {
  const binding = await read(keychain, tokenBindingKey(account.name))
  if (binding === null) return isTrusted(account, broker)
  return isEqual(binding.to, destinationOf({ ...account, proxy: null }, broker))
}
