import { errorCode, LoginError } from '../core/errors.ts'
import { isLoopback } from '../core/address.ts'
import type { ProxySettings } from '../core/ports.ts'

export interface Unreached {
  readonly cause: unknown
  /** True when not a byte of a request can have left. */
  readonly notJudged: boolean
  /** What else may help, in sentences. */
  readonly hint?: string
}

/** A host that could not be reached, or whose connection broke. */
export function notReached(
  url: URL,
  proxy: ProxySettings | null,
  { cause, notJudged, hint = '' }: Unreached,
): LoginError {
  const way = proxy === null ? '' : ` through the proxy at ${proxy.url.host}`
  const advice = 'Check the network connection, then try again.'
  return new LoginError('network', {
    message: `The broker could not be reached at ${url.host}${way}.`,
    ...(hint !== '' && { next: `${advice} ${hint}` }),
    ...(isLoopback(url) && {
      next: 'If this is a practice account, start its broker with “tokentray practice”.',
    }),
    notJudged,
    cause,
  })
}

export function tooSlow(url: URL, limitMs: number, hint: string | null): LoginError {
  return new LoginError('timeout', {
    message: `${url.host} did not answer within ${String(limitMs / 1000)} s.`,
    ...(hint !== null && { next: `Try again in a few minutes. ${hint}` }),
    notJudged: true,
  })
}

/** The code of a system's or TLS error; empty when it has none. A host with several addresses fails once per address. */
export function codeOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  return errorCode(first) ?? ''
}

/** Whether a code is that of a certificate that did not pass. */
export const isCertificateCode = (code: string): boolean =>
  code.startsWith('ERR_TLS') || /CERT|SIGNATURE|ISSUER/.test(code)

/**
 * A certificate that did not pass. Trying again changes nothing, so nothing does by itself.
 * @param whose `kite.zerodha.com`, or `the proxy at …`
 * @param issuer whom the certificate names; null when that could not be read
 */
export function untrusted(whose: string, code: string, issuer: string | null): LoginError {
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

/** What happened before a single byte of the request can have left. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
])

/**
 * What it means that a request to `url` failed.
 * @param error with the reason as its cause
 */
export function requestFailed(
  error: unknown,
  url: URL,
  signal: AbortSignal,
  proxy: ProxySettings | null,
): LoginError {
  if (signal.reason instanceof LoginError) return signal.reason
  const notJudged = neverLeft.has(codeOf(error instanceof Error ? error.cause : undefined))
  return notReached(url, proxy, { cause: error, notJudged })
}

const variables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'] as const

/** Says that a proxy is set in the environment and not used, without its value, which may hold a password; null when none is. */
export function unusedProxy(env: NodeJS.ProcessEnv): string | null {
  const name = variables.find((variable) => (env[variable] ?? '') !== '')
  if (name === undefined) return null
  return (
    `${name} is set, but TokenTray uses a proxy only where the account has one: ` +
    'enter it in the account’s details, or with “tokentray account edit NAME --proxy URL”.'
  )
}
