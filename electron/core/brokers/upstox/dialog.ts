import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import type { LoginContext } from '../broker.ts'
import { isPage, pageError, redirectTarget } from '../kit/replies.ts'
import { dialogUrl } from './dialog-url.ts'
import { readReply } from './replies.ts'

/** The most redirects between the first address and the login page; real logins have shown one. */
const MAX_HOPS = 8

/** The redirect URL of Upstox's login page for every app, when its address names none. */
const PAGE_REDIRECT = 'https://api-v2.upstox.com/login/authorization/redirect'

/** The login page's own names of the app, its owner and the redirect URL. */
export interface PageNames {
  readonly clientId: string
  readonly userId: string
  readonly redirectUri: string
}

/**
 * Opens a login and follows Upstox's own redirects until a redirect leads to the login page with the names that its
 * calls need. The page itself is not fetched.
 * @throws LoginError `app-config` for an app unknown to Upstox, `protocol-changed`, `bot-wall`, or as the session throws
 */
export async function openDialog(context: LoginContext): Promise<PageNames> {
  const { origin } = context.endpoint('login')
  let url = dialogUrl(context)
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const reply = await context.http.send({ method: 'GET', url })
    const target = redirectTarget(reply, url)
    if (target === null) throw errorWithoutRedirect(reply, url.origin === origin)
    const names = pageNames(target)
    if (names !== null && target.origin === origin) return names
    url = target
  }
  throw new LoginError('protocol-changed', { message: 'The broker’s redirects never came to an end.' })
}

function pageNames({ searchParams }: URL): PageNames | null {
  const clientId = searchParams.get('client_id') ?? ''
  const userId = searchParams.get('user_id') ?? ''
  const redirectUri = searchParams.get('redirect_uri') ?? ''
  if (clientId === '' || userId === '') return null
  return { clientId, userId, redirectUri: redirectUri === '' ? PAGE_REDIRECT : redirectUri }
}

function errorWithoutRedirect(reply: HttpReply, isLoginPage: boolean): LoginError {
  if (!isPage(reply)) {
    readReply(reply, 'open', z.unknown())
    return new LoginError('protocol-changed')
  }
  if (!isLoginPage || reply.status !== 200) return pageError(reply)
  return new LoginError('protocol-changed', {
    message: 'Upstox’s login page has changed, or asks for something that only a person can do.',
  })
}
