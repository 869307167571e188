import { secretKey, type Account } from '../../state/account.ts'
import { proxyPassword } from '../../accounts/proxy.ts'
import { LoginError } from '../../errors.ts'
import type { Keychain, OpenedHttpSession, ProxySettings } from '../../ports.ts'
import type { Redactor } from './redactor.ts'
import type { ContextDeps } from './conversation.ts'

/**
 * Opens the one session of a conversation with a broker: through the account's proxy when it has one, and then in no
 * other way.
 * @param origins of the broker's endpoints, as this account has them
 */
export async function openBrokerSession(
  { account, broker, keychain, offset, openHttp, signal }: ContextDeps,
  origins: readonly string[],
  confidences: Redactor,
): Promise<OpenedHttpSession> {
  const proxy = await proxySettings(account, keychain)
  if (proxy?.login != null) confidences.add(proxy.login.password)
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
      confidences.learnCookie(value)
    },
  })
}

/**
 * An account's proxy, with its password from the keychain; null for none.
 * @throws LoginError `app-config` when the password is not there, or the keychain's
 */
export async function proxySettings(account: Account, keychain: Keychain): Promise<ProxySettings | null> {
  if (account.proxy === null) return null
  const { user } = account.proxy
  const url = new URL(account.proxy.url)
  if (user === '') return { url, login: null }
  const password = await keychain.get(secretKey(account.name, proxyPassword.name))
  if (password === null) {
    throw new LoginError('app-config', {
      message: 'The password of this account’s proxy is not stored.',
      next: 'Enter it in the account’s details.',
      notJudged: true,
    })
  }
  return { url, login: { user, password } }
}
