import { asking, errorCode, LoginError } from '../core/errors.ts'
import { isLoopback } from '../core/address.ts'
import type { ProxySettings } from '../core/ports.ts'

export interface Unreached {
  readonly cause: unknown
  /** Whether the request surely was not sent. */
  readonly notJudged: boolean
  /** Further advice, each in one sentence; null for none. */
  readonly familyHint?: string | null
  readonly proxyHint?: string | null
}

/** Makes the error for a host that can't be reached, or whose connection broke. */
export function hostUnreachable(
  url: URL,
  proxy: ProxySettings | null,
  { cause, notJudged, familyHint = null, proxyHint = null }: Unreached,
): LoginError {
  const way = proxy === null ? '' : ` through the proxy at ${proxy.url.host}`
  const hints = [familyHint, proxyHint].filter((words) => words !== null)
  const advice = ['Check the network connection, then try again.', ...hints].join(' ')
  return new LoginError('network', {
    message: `The broker could not be reached at ${url.host}${way}.`,
    ...((familyHint ?? proxyHint) !== null && {
      next: proxyHint === null ? advice : asking('proxy', advice),
    }),
    ...(isLoopback(url) && {
      next: 'If this is a practice account, start its broker with “tokentray practice”.',
    }),
    notJudged,
    cause,
  })
}

/** Makes the error for a host that does not answer within `limitMs`. */
export function hostTimedOut(url: URL, limitMs: number, proxyHint: string | null): LoginError {
  return new LoginError('timeout', {
    message: `${url.host} did not answer within ${String(limitMs / 1000)} s.`,
    ...(proxyHint !== null && { next: asking('proxy', `Try again in a few minutes. ${proxyHint}`) }),
    notJudged: true,
  })
}

/** Returns the code of a system or TLS error, empty without one. A host fails once per address; the first counts. */
export function codeOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  return errorCode(first) ?? ''
}

/** Tells whether a code means that a certificate was rejected. */
export const isCertificateCode = (code: string): boolean =>
  code.startsWith('ERR_TLS') || /CERT|SIGNATURE|ISSUER/.test(code)

/**
 * Makes the error for a rejected certificate. It is final, because a retry changes nothing.
 * @param whose `kite.zerodha.com`, or `the proxy at …`
 * @param issuer that the certificate names; null when it could not be read
 */
export function certificateRejected(whose: string, code: string, issuer: string | null): LoginError {
  const by = issuer === null ? '' : ` It was issued by “${issuer}”.`
  return new LoginError('network', {
    message: `The certificate of ${whose} could not be trusted (${code}).${by}`,
    next: nextAfter(code),
    notJudged: true,
    final: true,
  })
}

function nextAfter(code: string): string {
  if (/EXPIRED|NOT_YET_VALID/.test(code)) {
    return 'Check this computer’s date. If it is right, the certificate is out of date, and only its owner can renew it.'
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'Something on this network answers in its place, such as a sign-in page of a Wi-Fi, or the address is wrong.'
  }
  return (
    'If you know the issuer, as your company’s or your antivirus’s, allow it: install its certificate in the system, ' +
    'or “tokentray ca add FILE”. If not, don’t: it could read your password. Use another network.'
  )
}

/** Codes of failures before any byte of a request is sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
])

/**
 * Turns the failure of a request to `url` into a LoginError.
 * @param error its cause is the reason
 */
export function requestFailed(
  error: unknown,
  url: URL,
  signal: AbortSignal,
  proxy: ProxySettings | null,
): LoginError {
  if (signal.reason instanceof LoginError) return signal.reason
  const notJudged = neverSent.has(codeOf(error instanceof Error ? error.cause : undefined))
  return hostUnreachable(url, proxy, { cause: error, notJudged })
}

const variables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'] as const

/** Says that the environment's proxy is not used, without its value, which may hold a password. Null without one. */
export function unusedProxy(env: NodeJS.ProcessEnv): string | null {
  const name = variables.find((variable) => (env[variable] ?? '') !== '')
  if (name === undefined) return null
  return (
    `${name} is set, but TokenTray uses a proxy only where the account has one: ` +
    'enter it in the account’s details, or with “tokentray account edit NAME --proxy URL”.'
  )
}
