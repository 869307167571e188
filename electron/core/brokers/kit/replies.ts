import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'

/** What a reply has to hold to be of use, such as a token: a text that is not empty. */
export const Text = z.string().check(z.minLength(1))

/** Whether a reply is a web page, whatever it calls itself. */
export function isPage(reply: HttpReply): boolean {
  return /\bhtml\b/i.test(reply.headers.get('content-type') ?? '') || /^\s*</.test(reply.body)
}

/** What a web page means where none was due: an error page of a gateway or router, or a wall against robots. */
export function pageError({ status }: HttpReply): LoginError {
  const isErrorPage = status >= 500 || status === 429 || isGone(status)
  return isErrorPage ? statusError(status) : new LoginError('bot-wall')
}

/**
 * The JSON of a reply, not yet checked. Its envelope comes before its status: brokers explain themselves there.
 * @throws LoginError when it is a page, or no JSON
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

/** What an error status means of which nothing else is known. */
export function statusError(status: number): LoginError {
  if (status === 429) return new LoginError('rate-limited')
  if (status >= 500) return new LoginError('broker-down', { notJudged: isUnavailable(status) })
  return new LoginError('protocol-changed', {
    message: `The broker answered with HTTP status ${status}.`,
    notJudged: isGone(status),
  })
}

/** Whether a route is gone, or does not take what was sent: it has looked at no entry then. */
export const isGone = (status: number): boolean => status === 404 || status === 405 || status === 410

/** Of the server errors only this one says that the request was not handled (RFC 9110 §15.6.4). */
export const isUnavailable = (status: number): boolean => status === 503

/** Whether a broker's words are about a lock: of the account, and usually of how to end it. */
export const speaksOfLock = (words: string): boolean => /\b(un)?(block|lock)(ed)?\b/i.test(words)

/** Where a reply redirects to; null when it is no redirect. */
export function redirectTarget(reply: HttpReply, from: URL): URL | null {
  const location = reply.headers.get('location')
  if (reply.status < 300 || reply.status >= 400 || location === null) return null
  return URL.canParse(location, from) ? new URL(location, from) : null
}

/**
 * The value of the broker's own field on an address that a login ends at; null without one. A registered redirect
 * address may have fields of the same names, in its query or behind its `#`: the broker's come after them.
 */
export function lastQueryValue({ searchParams, hash }: URL, name: string): string | null {
  // Behind `#` a page may have a path and a query of its own, as in `#/back?code=…`.
  const behindHash = new URLSearchParams(hash.slice(1).replaceAll('?', '&'))
  return [...searchParams.getAll(name), ...behindHash.getAll(name)].at(-1) ?? null
}
