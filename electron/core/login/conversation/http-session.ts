import { secretKey, type Account } from '../../state/account.ts'
import { proxyPasswordField } from '../../../contract/fields.ts'
import { boundElsewhere, boundFields } from '../../accounts/binding.ts'
import { LoginError } from '../../errors.ts'
import type { Keychain, OpenedHttpSession, OpenHttpSession, ProxySettings } from '../../ports.ts'
import type { Broker } from '../../brokers/broker.ts'
import type { ClockOffset } from '../../totp/clock-offset.ts'
import type { Redactor } from './redactor.ts'

/** Everything that a session with a broker is made of. */
export interface SessionDeps {
  readonly account: Account
  readonly broker: Broker
  readonly keychain: Keychain
  readonly offset: ClockOffset
  readonly openHttp: OpenHttpSession
  readonly signal: AbortSignal
}

/**
 * Opens the one session of a conversation with a broker: through the account's proxy when it has one, and then in no
 * other way.
 * @param origins of the broker's endpoints, as this account has them
 */
export async function openBrokerSession(
  { account, broker, keychain, offset, openHttp, signal }: SessionDeps,
  origins: readonly string[],
  redactor: Redactor,
): Promise<OpenedHttpSession> {
  const proxy = await proxySettings(account, broker, keychain)
  if (proxy?.login != null) redactor.add(proxy.login.password)
  return openHttp({
    origins,
    // An account with addresses of its own, such as a practice broker's, is not to end up at the real ones.
    ...(Object.keys(account.endpoints).length === 0 && broker.domains && { domains: broker.domains }),
    proxy,
    family: account.family ?? null,
    signal,
    onDate: (...reply) => {
      offset.observe(...reply)
    },
    onCookie: (value) => {
      redactor.learnCookie(value)
    },
  })
}

/**
 * An account's proxy, with its password from the keychain; null for none.
 * @throws LoginError `app-config` when the password is not there or was entered for another proxy, or the keychain's
 */
export async function proxySettings(
  account: Account,
  broker: Broker,
  keychain: Keychain,
): Promise<ProxySettings | null> {
  if (account.proxy === null) return null
  const { user } = account.proxy
  const url = new URL(account.proxy.url)
  if (user === '') return { url, login: null }
  const bound = await boundFields(keychain, account, broker)
  if (bound?.includes(proxyPasswordField) !== true) throw boundElsewhere(account)
  const password = await keychain.get(secretKey(account.name, proxyPasswordField))
  if (password === null) {
    throw new LoginError('app-config', {
      message: 'The password of this account’s proxy is not stored.',
      next: 'Enter it in the account’s details.',
      notJudged: true,
    })
  }
  return { url, login: { user, password } }
}
