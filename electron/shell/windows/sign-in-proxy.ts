import type { Session, WebContents } from 'electron'
import { secretKey, type Account } from '../../core/state/account.ts'
import { proxyPasswordField } from '../../contract/fields.ts'
import { LoginError } from '../../core/errors.ts'
import type { Keychain } from '../../core/ports.ts'
import type { Secret } from '../../core/secret.ts'

/** Who a proxy lets through. */
export interface ProxyLogin {
  readonly user: string
  readonly password: Secret
}

/**
 * Sends all that a session's pages ask for through the account's proxy, this computer's own addresses too.
 * @returns whom the proxy is to be told; null for one that asks for nobody, or none
 * @throws LoginError `app-config` for a proxy that Chromium can't go through: it knows no logins to SOCKS proxies
 *   (https://chromium.googlesource.com/chromium/src/+/HEAD/net/docs/proxy.md); `keychain-locked`, `keychain-missing`
 */
export async function throughProxy(
  session: Session,
  { name, proxy }: Pick<Account, 'name' | 'proxy'>,
  keychain: Keychain,
): Promise<ProxyLogin | null> {
  if (proxy === null) {
    await session.setProxy({ mode: 'direct' })
    return null
  }
  const { protocol, host } = new URL(proxy.url)
  if (proxy.user !== '' && protocol.startsWith('socks')) throw noSocksLogin()
  await session.setProxy({ proxyRules: `${protocol}//${host}`, proxyBypassRules: '<-loopback>' })
  if (proxy.user === '') return null
  const password = await keychain.get(secretKey(name, proxyPasswordField))
  return password === null ? null : { user: proxy.user, password }
}

/** Answers the proxy's question for a login, and no page's. */
export function answerProxy(contents: WebContents, login: ProxyLogin | null): void {
  let isAnswered = false
  contents.on('login', (event, _request, { isProxy }, answer) => {
    event.preventDefault()
    // Asked again, the answer was wrong; no third time is any better.
    if (!isProxy || login === null || isAnswered) answer()
    else answer(login.user, login.password.reveal())
    isAnswered ||= isProxy
  })
}

const noSocksLogin = (): LoginError =>
  new LoginError('app-config', {
    message: 'The broker’s page can’t be opened through a SOCKS proxy that asks for a password.',
    next: 'Use an http:// or https:// proxy for this account, or have TokenTray sign in by itself.',
  })
