import { LoginError } from '../core/errors.ts'
import type { ProxySettings } from '../core/ports.ts'
import { codeOf, isCertificateCode, untrusted } from './connection-errors.ts'

/** How a proxy can fail a login. The broker has seen nothing in any of these cases. */

const named = ({ url }: ProxySettings): string => `The proxy at ${url.host}`

const nothingSent = 'Nothing was sent to the broker, and nothing goes around the proxy.'

export function unreachable(proxy: ProxySettings, cause: unknown): LoginError {
  const code = codeOf(cause)
  if (isCertificateCode(code)) return untrusted(`the proxy at ${proxy.url.host}`, code, null)
  return new LoginError('network', {
    message: `${named(proxy)} could not be reached${code === '' ? '' : ` (${code})`}.`,
    next: `Check that it is running and that its address is right. ${nothingSent}`,
    notJudged: true,
    cause,
  })
}

export function tooSlow(proxy: ProxySettings): LoginError {
  return new LoginError('timeout', {
    message: `${named(proxy)} did not open the way to the broker in time.`,
    next: `Check that it is running, then try again. ${nothingSent}`,
    notJudged: true,
  })
}

/** @param why what the proxy said: an HTTP status, or the name of a SOCKS reply */
export function unreachableBehind(proxy: ProxySettings, target: URL, why: string): LoginError {
  return new LoginError('network', {
    message: `${named(proxy)} could not reach ${target.host} (${why}).`,
    next: `Try again in a few minutes, or check the proxy. ${nothingSent}`,
    notJudged: true,
  })
}

/** Not `network`, which is tried again by itself: a proxy too may lock out who sends a wrong password on and on. */
export function notLetIn(proxy: ProxySettings): LoginError {
  const message =
    proxy.login === null
      ? `${named(proxy)} asks for a user name and a password.`
      : `${named(proxy)} did not accept its user name or password.`
  return new LoginError('app-config', {
    message,
    next: `Change them in the account’s details: the user name stands in the proxy’s address. ${nothingSent}`,
    notJudged: true,
  })
}

export function notLetThrough(proxy: ProxySettings, target: URL): LoginError {
  return new LoginError('app-config', {
    message: `${named(proxy)} is not set up to let anybody through to ${target.host}.`,
    next: `Have that allowed at the proxy, or use another. ${nothingSent}`,
    notJudged: true,
  })
}
