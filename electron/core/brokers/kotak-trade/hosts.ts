import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import { withPath } from '../kit/address.ts'
import type { CallContext, LoginContext } from '../broker.ts'
import { DOMAIN } from '../kotak/domain.ts'
import { isHostOf, trustedRedirect } from '../kit/trusted-redirect.ts'
import { readSuccess } from './replies.ts'

export type Headers = Readonly<Record<string, string>>

/** Of the hosts that are known, init would have to name each once. */
const MAX_HOSTS = 3

const InitData = z.object({ redirect: z.optional(z.object({ host: z.string() })) })

/**
 * Opens a session and returns the base address of the host that keeps it. A host may send everyone to another,
 * where the session has to be opened again
 * (https://github.com/paramatrixtech/ksapi/blob/main/python/ks_api_client/ks_api.py).
 */
export async function openSession(context: LoginContext, app: Headers): Promise<URL> {
  let host = withApiPath(context.endpoint('api'))
  for (let asked = 0; asked < MAX_HOSTS; asked++) {
    const told = await init(context, host, app)
    if (told === null || isSame(told, host)) return host
    host = told
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
  return redirect === undefined ? null : knownHost(context, redirect.host)
}

function knownHost(context: CallContext, told: string): URL {
  const url = trustedRedirect(told, [context.endpoint('api'), context.endpoint('moved')], DOMAIN)
  if (url !== null) return withApiPath(url)
  throw new LoginError('protocol-changed', {
    message: 'The login was sent on to a host that is not Kotak’s. Nothing was sent there.',
  })
}

/** Every host of Kotak's has this API below `/apim`; an account's own address is a host without a path. */
function withApiPath(host: URL): URL {
  return isHostOf(DOMAIN, host) && host.pathname === '/' ? new URL('/apim', host) : host
}

const isSame = (a: URL, b: URL): boolean => withPath(a, '/').href === withPath(b, '/').href
