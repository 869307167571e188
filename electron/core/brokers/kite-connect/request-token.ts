import { LoginError } from '../../errors.ts'
import type { HttpReply, HttpSession } from '../../ports.ts'
import { readData } from '../kite/replies.ts'
import { isPage, pageError, redirectTarget } from '../replies.ts'
import * as z from 'zod/mini'

/** Redirects Kite may put between the login and the registered redirect address. Live logins have shown two. */
const MAX_HOPS = 8

/**
 * Follows Kite's own redirects from `start` until one carries the request token. That one leads to the address
 * the user registered, which may be anybody's server or none: it is parsed and never fetched
 * (https://kite.trade/docs/connect/v3/user/).
 * @param consentPage where the user can authorise the app by hand, for the error that asks for it
 * @throws LoginError `consent-required`, `protocol-changed`, `bot-wall`, or as the session throws
 */
export async function fetchRequestToken(http: HttpSession, start: URL, consentPage: URL): Promise<string> {
  let url = start
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const reply = await http.send({ method: 'GET', url })
    const target = redirectTarget(reply, url)
    if (target === null) throw endOfRoad(reply, url, consentPage)
    const token = requestTokenIn(target)
    if (token !== null) return token
    if (target.origin !== start.origin) {
      throw new LoginError('protocol-changed', {
        message: 'The broker sent the login on without a request token.',
      })
    }
    url = target
  }
  throw new LoginError('protocol-changed', { message: 'The broker’s redirects never came to an end.' })
}

/**
 * The request token that a redirect carries; null when it has none.
 * @throws LoginError `app-config` when it says that there will be none
 */
export function requestTokenIn({ searchParams }: URL): string | null {
  const status = searchParams.get('status') ?? 'success'
  if (status !== 'success') throw refusedRedirect(searchParams)
  const token = searchParams.get('request_token') ?? ''
  return token === '' ? null : token
}

function endOfRoad(reply: HttpReply, url: URL, consentPage: URL): LoginError {
  if (reply.status === 200 && url.pathname.startsWith('/connect/authorize')) {
    return new LoginError('consent-required', {
      next: `Open ${consentPage.href} in your browser, log in and press Authorize once. Then log in here again.`,
    })
  }
  if (!isPage(reply)) {
    try {
      readData(reply, 'finish', z.unknown())
    } catch (error) {
      if (error instanceof LoginError) return error
      throw error
    }
  }
  // The login page once more: the session that the password and the code have opened was not recognised.
  if (reply.status === 200 && url.pathname.startsWith('/connect/')) return new LoginError('protocol-changed')
  return pageError(reply)
}

function refusedRedirect(query: URLSearchParams): LoginError {
  const words = query.get('message')
  return new LoginError('app-config', {
    message: 'The broker ended the login without a request token.',
    next: 'Check at developers.kite.trade that the app is active and belongs to this user ID.',
    ...(words !== null && { brokerWords: words }),
  })
}
