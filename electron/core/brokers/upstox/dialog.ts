import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import type { LoginContext } from '../broker.ts'
import { isPage, pageError, redirectTarget } from '../kit/replies.ts'
import { dialogUrl } from './dialog-url.ts'
import { readReply } from './replies.ts'

/** Redirects between the address that opens a login and the login page; one has been seen. */
const MAX_HOPS = 8

/** Where Upstox's login page ends, for every app, where its address does not say; the app's own plays no part in it. */
const PAGE_REDIRECT = 'https://api-v2.upstox.com/login/authorization/redirect'

/** How Upstox's login page calls the app, its owner and where the page ends: by names of its own. */
export interface PageNames {
  readonly clientId: string
  readonly userId: string
  readonly redirectUri: string
}

/**
 * Opens a login and follows Upstox's own redirects until one leads to the login page with the names that its
 * calls need. The page itself is not fetched.
 * @throws LoginError `app-config` when Upstox does not know the app, `protocol-changed`, `bot-wall`, or as the
 *   session throws
 */
export async function openDialog(context: LoginContext): Promise<PageNames> {
  const { origin } = context.endpoint('login')
  let url = dialogUrl(context)
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const reply = await context.http.send({ method: 'GET', url })
    const target = redirectTarget(reply, url)
    if (target === null) throw endOfRoad(reply, url.origin === origin)
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

function endOfRoad(reply: HttpReply, isLoginPage: boolean): LoginError {
  if (!isPage(reply)) {
    readReply(reply, 'open', z.unknown())
    return new LoginError('protocol-changed')
  }
  if (!isLoginPage || reply.status !== 200) return pageError(reply)
  return new LoginError('protocol-changed', {
    message: 'Upstox’s login page has changed, or asks for something that only a person can do.',
  })
}
