import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import { fitsHeader } from '../../harmless.ts'
import type { HttpReply } from '../../ports.ts'
import type { TokenBundle } from '../broker.ts'

/** A token or id of a reply that further requests carry: not empty, and fit for a header. */
export const Text = z.string().check(z.refine(fitsHeader))

/** Returns whether a reply is a web page, by content type or body. */
export function isPage(reply: HttpReply): boolean {
  return /\bhtml\b/i.test(reply.headers.get('content-type') ?? '') || /^\s*</.test(reply.body)
}

/** Returns the error for an unexpected web page: a gateway's error page, or else a bot wall. */
export function pageError({ status }: HttpReply): LoginError {
  const isErrorPage = status >= 500 || status === 429 || isGone(status)
  return isErrorPage ? statusError(status) : new LoginError('bot-wall')
}

/**
 * Returns the unchecked JSON of a reply, whatever its status, because brokers explain errors in the envelope.
 * @throws LoginError for a web page or invalid JSON
 */
export function readJson(reply: HttpReply): unknown {
  if (isPage(reply)) throw pageError(reply)
  try {
    return JSON.parse(reply.body)
  } catch (cause) {
    if (reply.status >= 400) throw statusError(reply.status)
    throw new LoginError('protocol-changed', {
      message: 'The broker’s reply was cut short or is not JSON.',
      cause,
    })
  }
}

/** Returns the error for an HTTP status without a usable envelope. */
export function statusError(status: number): LoginError {
  if (status === 429) return new LoginError('rate-limited')
  if (status >= 500) return new LoginError('broker-down', { notJudged: isUnavailable(status) })
  return new LoginError('protocol-changed', {
    message: `The broker answered with HTTP status ${status}.`,
    notJudged: isGone(status),
  })
}

/** Returns whether a route is gone or does not take the method, so that no entry was judged. */
export const isGone = (status: number): boolean => status === 404 || status === 405 || status === 410

/** Returns whether the request was not handled; no other server error says so (RFC 9110 §15.6.4). */
export const isUnavailable = (status: number): boolean => status === 503

/** Returns whether a broker's words mention a lock of the account. */
export const mentionsLock = (words: string): boolean => /\b(un)?(block|lock)(ed)?\b/i.test(words)

/** Returns the target of a redirect; null for any other reply. */
export function redirectTarget(reply: HttpReply, from: URL): URL | null {
  const location = reply.headers.get('location')
  if (reply.status < 300 || reply.status >= 400 || location === null) return null
  return URL.canParse(location, from) ? new URL(location, from) : null
}

/**
 * Returns the broker's own value of a parameter on the address at which a login ends; null for none. A registered
 * redirect URL may have parameters of the same name in its query or fragment; the broker appends its own.
 */
export function lastQueryValue({ searchParams, hash }: URL, name: string): string | null {
  // A fragment may hold a path and a query, as in `#/back?code=…`.
  const behindHash = new URLSearchParams(hash.slice(1).replaceAll('?', '&'))
  return [...searchParams.getAll(name), ...behindHash.getAll(name)].at(-1) ?? null
}

/** Returns an address on an endpoint, below the endpoint's own path. */
export function withPath(base: URL, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(`${base.pathname.replace(/\/$/, '')}${path}`, base)
  url.search = new URLSearchParams(query).toString()
  return url
}

/**
 * Returns a field of a token bundle.
 * @throws LoginError `token-expired` for a bundle without the field, because only a new login restores it
 */
export function tokenField(bundle: TokenBundle, field: string): string {
  const value = bundle[field]
  if (value === undefined) throw new LoginError('token-expired')
  return value.reveal()
}
