import { LoginError } from '../core/errors.ts'
import type { ProxySettings } from '../core/ports.ts'
import { codeOf, isCertificateCode, certificateRejected } from './connection-errors.ts'

/** The ways in which a proxy fails a login. In each of them the broker has seen nothing. */
const proxyName = ({ url }: ProxySettings): string => `The proxy at ${url.host}`

const nothingSent = 'Nothing was sent to the broker, and nothing goes around the proxy.'

/** Makes the error for a proxy that can't be reached. */
export function proxyUnreachable(proxy: ProxySettings, cause: unknown): LoginError {
  const code = codeOf(cause)
  if (isCertificateCode(code)) return certificateRejected(`the proxy at ${proxy.url.host}`, code, null)
  return new LoginError('network', {
    message: `${proxyName(proxy)} could not be reached${code === '' ? '' : ` (${code})`}.`,
    next: `Check that it is running and that its address is right. ${nothingSent}`,
    notJudged: true,
    cause,
  })
}

/** Makes the error for a proxy that opens no tunnel in time. */
export function proxyTimedOut(proxy: ProxySettings): LoginError {
  return new LoginError('timeout', {
    message: `${proxyName(proxy)} did not open the way to the broker in time.`,
    next: `Check that it is running, then try again. ${nothingSent}`,
    notJudged: true,
  })
}

/**
 * Makes the error for a proxy that can't reach the broker's host.
 * @param why the proxy's answer: an HTTP status, or the name of a SOCKS reply
 */
export function hostUnreachableByProxy(proxy: ProxySettings, target: URL, why: string): LoginError {
  return new LoginError('network', {
    message: `${proxyName(proxy)} could not reach ${target.host} (${why}).`,
    next: `Try again in a few minutes, or check the proxy. ${nothingSent}`,
    notJudged: true,
  })
}

/**
 * Makes the error for a proxy that refuses the login. Its kind is not `network`, which is retried automatically,
 * because a proxy may lock a user out after wrong passwords.
 */
export function proxyLoginRejected(proxy: ProxySettings): LoginError {
  const message =
    proxy.login === null
      ? `${proxyName(proxy)} asks for a user name and a password.`
      : `${proxyName(proxy)} did not accept its user name or password.`
  return new LoginError('app-config', {
    message,
    next: `Change them in the account’s details: the user name stands in the proxy’s address. ${nothingSent}`,
    notJudged: true,
  })
}

/** Makes the error for a proxy that forbids the broker's host. */
export function hostForbiddenByProxy(proxy: ProxySettings, target: URL): LoginError {
  return new LoginError('app-config', {
    message: `${proxyName(proxy)} is not set up to let anybody through to ${target.host}.`,
    next: `Have that allowed at the proxy, or use another. ${nothingSent}`,
    notJudged: true,
  })
}
