import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import { withPath } from '../kit/replies.ts'
import type { CallContext, LoginContext } from '../broker.ts'
import { DOMAIN } from '../kotak/refusal-code.ts'
import { isHostOf, trustedRedirect } from '../kit/trusted-redirect.ts'
import { readSuccess } from './replies.ts'

export type Headers = Readonly<Record<string, string>>

/** A longer chain would visit a known host twice. */
const MAX_HOSTS = 3

const InitData = z.object({ redirect: z.optional(z.object({ host: z.string() })) })

/**
 * Opens a session and returns the base address of its host. A host may redirect to another host, where the session
 * has to be opened again
 * (https://github.com/paramatrixtech/ksapi/blob/main/python/ks_api_client/ks_api.py).
 */
export async function openSession(context: LoginContext, app: Headers): Promise<URL> {
  let host = withApiPath(context.endpoint('api'))
  for (let asked = 0; asked < MAX_HOSTS; asked++) {
    const redirect = await init(context, host, app)
    if (redirect === null || isSame(redirect, host)) return host
    host = redirect
  }
  throw new LoginError('protocol-changed', {
    message: 'Kotak’s hosts sent the login from one to the other and back.',
  })
}

async function init(context: LoginContext, host: URL, app: Headers): Promise<URL | null> {
  const reply = await context.http.send({
    method: 'GET',
    url: withPath(host, '/session/1.0/session/init'),
    headers: { ...app, userid: context.setting('userid') },
  })
  const { redirect } = readSuccess(reply, 'open', InitData)
  return redirect === undefined ? null : trustedHost(context, redirect.host)
}

function trustedHost(context: CallContext, address: string): URL {
  const url = trustedRedirect(address, [context.endpoint('api'), context.endpoint('moved')], DOMAIN)
  if (url !== null) return withApiPath(url)
  throw new LoginError('protocol-changed', {
    message: 'The login was sent on to a host that is not Kotak’s. Nothing was sent there.',
  })
}

/** Adds `/apim`, the path of this API on every Kotak host, to an address without a path. */
function withApiPath(host: URL): URL {
  return isHostOf(DOMAIN, host) && host.pathname === '/' ? new URL('/apim', host) : host
}

const isSame = (a: URL, b: URL): boolean => withPath(a, '/').href === withPath(b, '/').href
