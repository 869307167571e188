import * as z from 'zod/mini'
import { asking, LoginError } from '../../errors.ts'
import type { HttpReply, HttpSession } from '../../ports.ts'
import { readData } from '../kite/replies.ts'
import { commonMeaning } from '../kit/refusal-words.ts'
import { isPage, lastQueryValue, pageError, redirectTarget } from '../kit/replies.ts'
import { ALIAS } from './sign-in-page.ts'

/** The most redirects between the login and the registered redirect URL. Real logins have shown two. */
const MAX_HOPS = 8

/** The user and the consent page of a login to an app. */
export interface AppLogin {
  readonly userId: string
  /** The page on which the user authorises the app, for the error that asks for it. */
  readonly consentPage: URL
}

/**
 * Follows Kite's own redirects from `start` until a redirect carries the request token. The registered address in it
 * may be any server or none, so it is parsed and never fetched
 * (https://kite.trade/docs/connect/v3/user/).
 * @throws LoginError `consent-required`, `app-config`, `protocol-changed`, `bot-wall`, or as the session throws
 */
export async function fetchRequestToken(http: HttpSession, start: URL, login: AppLogin): Promise<string> {
  let url = start
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const reply = await http.send({ method: 'GET', url })
    const target = redirectTarget(reply, url)
    if (target === null) throw errorWithoutRedirect(reply, url, login)
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
 * Returns the request token in a redirect; null for none.
 * @throws LoginError such as `app-config` or `subscription` when the redirect carries a refusal
 */
export function requestTokenIn(address: URL, userId: string): string | null {
  // The token comes first, because `status` may be a parameter of the registered address.
  const token = lastQueryValue(address, 'request_token') ?? ''
  if (token !== '') return token
  const status = lastQueryValue(address, 'status') ?? 'success'
  if (status !== 'success') throw refusedRedirect(lastQueryValue(address, 'message'), userId)
  return null
}

function errorWithoutRedirect(reply: HttpReply, url: URL, { consentPage, userId }: AppLogin): LoginError {
  if (reply.status === 200 && url.pathname.startsWith('/connect/authorize')) {
    return new LoginError('consent-required', {
      next: `Open ${consentPage.href} in your browser, log in and press Authorize once. Then log in here again.`,
    })
  }
  if (!isPage(reply)) return refusedFinish(reply, userId)
  if (reply.status !== 200) return pageError(reply)
  // The login page again means that Kite did not recognise the session of the password and the code.
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

/** Explains a redirect to Kite's own `/dashboard`: https://github.com/rajivgpta/kite-api-autologin/issues/4 */
const sessionLost = (): LoginError =>
  new LoginError('protocol-changed', {
    message:
      'Kite took the login for one to Kite itself and opened its own page: the app’s session was lost.',
    next: asking('login', 'Log in again. If it ends here once more, look for a newer version of TokenTray.'),
  })

function refusedRedirect(words: string | null, userId: string): LoginError {
  const kind = commonMeaning(403, words ?? '', false)?.kind ?? 'app-config'
  if (kind === 'app-config') return appRefused(words, userId)
  return new LoginError(kind, words === null ? {} : { brokerWords: words })
}

const appRefused = (words: string | null, userId: string): LoginError =>
  new LoginError('app-config', {
    message: 'Kite ended the login without a request token for the app.',
    next: asking(
      'developers',
      `Add user ID ${userId} to the app at developers.kite.trade, and check there that the app is active.`,
    ),
    ...(words !== null && { brokerWords: words }),
  })
