import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import type { HttpReply, HttpSession } from '../../ports.ts'
import { readData } from '../kite/replies.ts'
import { meaningBesideEntry } from '../kit/refusal-words.ts'
import { isPage, lastQueryValue, pageError, redirectTarget } from '../kit/replies.ts'
import { ALIAS } from './sign-in-page.ts'

/** Redirects Kite may put between the login and the registered redirect address. Live logins have shown two. */
const MAX_HOPS = 8

/** Whose login it is, and where. */
export interface AppLogin {
  readonly userId: string
  /** Where the user can authorise the app by hand, for the error that asks for it. */
  readonly consentPage: URL
}

/**
 * Follows Kite's own redirects from `start` until one carries the request token. That one leads to the address
 * the user registered, which may be anybody's server or none: it is parsed and never fetched
 * (https://kite.trade/docs/connect/v3/user/).
 * @throws LoginError `consent-required`, `app-config`, `protocol-changed`, `bot-wall`, or as the session throws
 */
export async function fetchRequestToken(http: HttpSession, start: URL, login: AppLogin): Promise<string> {
  let url = start
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const reply = await http.send({ method: 'GET', url })
    const target = redirectTarget(reply, url)
    if (target === null) throw endOfRoad(reply, url, login)
    const token = requestTokenIn(target, login.userId)
    if (token !== null) return token
    if (target.origin === ALIAS) url = new URL(`${target.pathname}${target.search}`, start)
    else if (target.origin === start.origin) url = target
    else {
      throw new LoginError('protocol-changed', {
        message: 'The broker sent the login on without a request token.',
      })
    }
  }
  throw new LoginError('protocol-changed', { message: 'The broker’s redirects never came to an end.' })
}

/**
 * The request token that a redirect carries; null when it has none.
 * @throws LoginError `app-config`, `subscription` and the like when it says that there will be none
 */
export function requestTokenIn(address: URL, userId: string): string | null {
  // Token first: a `status` may be the registered address's own.
  const token = lastQueryValue(address, 'request_token') ?? ''
  if (token !== '') return token
  const status = lastQueryValue(address, 'status') ?? 'success'
  if (status !== 'success') throw refusedRedirect(lastQueryValue(address, 'message'), userId)
  return null
}

function endOfRoad(reply: HttpReply, url: URL, { consentPage, userId }: AppLogin): LoginError {
  if (reply.status === 200 && url.pathname.startsWith('/connect/authorize')) {
    return new LoginError('consent-required', {
      next: `Open ${consentPage.href} in your browser, log in and press Authorize once. Then log in here again.`,
    })
  }
  if (!isPage(reply)) return refusedFinish(reply, userId)
  if (reply.status !== 200) return pageError(reply)
  // The login page once more: the session that the password and the code have opened was not recognised.
  return url.pathname.startsWith('/connect/') ? new LoginError('protocol-changed') : sessionLost()
}

/** Returns what Kite's envelope means where it should lead to the registered address. */
export function refusedFinish(reply: HttpReply, userId: string): LoginError {
  try {
    readData(reply, 'finish', z.unknown())
    return new LoginError('protocol-changed')
  } catch (error) {
    if (!(error instanceof LoginError)) throw error
    return error.kind === 'app-config' ? appRefused(error.brokerWords, userId) : error
  }
}

/** Kite has been seen to lead to its `/dashboard`: https://github.com/rajivgpta/kite-api-autologin/issues/4 */
const sessionLost = (): LoginError =>
  new LoginError('protocol-changed', {
    message:
      'Kite took the login for one to Kite itself and opened its own page: the app’s session was lost.',
    next: 'Log in again. If it ends here once more, look for a newer version of TokenTray.',
  })

function refusedRedirect(words: string | null, userId: string): LoginError {
  const kind = meaningBesideEntry(403, words ?? '', false)?.kind ?? 'app-config'
  if (kind === 'app-config') return appRefused(words, userId)
  return new LoginError(kind, words === null ? {} : { brokerWords: words })
}

const appRefused = (words: string | null, userId: string): LoginError =>
  new LoginError('app-config', {
    message: 'Kite ended the login without a request token for the app.',
    next: `Add user ID ${userId} to the app at developers.kite.trade, and check there that the app is active.`,
    ...(words !== null && { brokerWords: words }),
  })
