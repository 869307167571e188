import { html, redirect, type Handler, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { missingField, refuse, withForm } from './envelope.ts'
import { CONSENT_PAGE, DASHBOARD_PAGE, LOGIN_PAGE } from './pages.ts'
import { randomId } from '../random-id.ts'
import type { KiteState } from './state.ts'
import { kfSessionCookie } from './web-sessions.ts'

type SignedIn = (sessId: string, publicToken: string, params: URLSearchParams) => Reply

/** Returns the redirects that lead an app from kite.zerodha.com/connect/login to its request token. */
export function connectRoutes(kite: KiteState): Routes {
  const { credentials, sessions, requestTokens } = kite

  function login(request: PracticeRequest): Reply {
    const query = request.url.searchParams
    const refused = wrongApp(query) ?? (query.get('v') === '3' ? undefined : refuse(400, 'Invalid `v`.'))
    if (refused !== undefined) return refused
    const sessId = query.get('sess_id')
    if (sessId !== null) {
      const isSignedIn = publicTokenOf(request, sessId) !== undefined
      return isSignedIn ? redirect(pathTo('/connect/finish', sessId)) : html(200, LOGIN_PAGE)
    }
    const session = sessions.ofOrNew(request)
    const newId = randomId()
    session.connectIds.add(newId)
    const location = new URL(request.url)
    location.searchParams.set('sess_id', newId)
    return redirect(location.href, { 'set-cookie': kfSessionCookie(session) })
  }

  function authorise(sessId: string, publicToken: string, form: URLSearchParams): Reply {
    if (form.get('authorize') !== publicToken) return refuse(400, 'Invalid `authorize`.')
    kite.authorised = true
    return onward(sessId, 0)
  }

  function onward(sessId: string, hops: number): Reply {
    if (kite.forgetsApp) return redirect('/dashboard')
    if (kite.clientId !== credentials.user_id) return refuse(400, 'The user is not enabled for the app.')
    if (!kite.authorised) return redirect(pathTo('/connect/authorize', sessId))
    if (hops < kite.redirectHops) {
      const path = pathTo('/connect/continue', sessId, { hop: String(hops + 1) })
      return redirect(kite.hopsByAlias ? `https://kite.trade${path}` : path)
    }
    return redirect(withFields(kite.redirectUrl, requestTokens.issue()))
  }

  function wrongApp(params: URLSearchParams): Reply | undefined {
    const isOurs = params.get('api_key') === credentials.api_key
    return missingField(['api_key'], params) ?? (isOurs ? undefined : refuse(400, 'Invalid `api_key`.'))
  }

  function publicTokenOf(request: PracticeRequest, sessId: string): string | undefined {
    const session = sessions.of(request)
    return session?.connectIds.has(sessId) === true ? session.publicToken : undefined
  }

  function pathTo(path: string, sessId: string, more: Record<string, string> = {}): string {
    const query = new URLSearchParams({ api_key: credentials.api_key, sess_id: sessId, ...more })
    return `${path}?${query.toString()}`
  }

  function signedIn(handler: SignedIn) {
    return (params: URLSearchParams, request: PracticeRequest): Reply => {
      const refused = missingField(['sess_id'], params) ?? wrongApp(params)
      if (refused !== undefined) return refused
      const sessId = params.get('sess_id') ?? ''
      const publicToken = publicTokenOf(request, sessId)
      if (publicToken === undefined) return redirect(pathTo('/connect/login', sessId, { v: '3' }))
      return handler(sessId, publicToken, params)
    }
  }

  function get(handler: SignedIn): Handler {
    return (request) => signedIn(handler)(request.url.searchParams, request)
  }

  return {
    'GET /connect/login': login,
    'GET /connect/finish': get((sessId) => onward(sessId, 0)),
    'GET /connect/continue': get((sessId, _, query) => onward(sessId, Number(query.get('hop')))),
    'GET /connect/authorize': get(() => html(200, CONSENT_PAGE)),
    'GET /dashboard': () => html(200, DASHBOARD_PAGE),
    'POST /connect/finish': withForm(['authorize'], signedIn(authorise)),
  }
}

/** Adds Kite's fields to the registered URL, which may have a query and a fragment. */
function withFields(redirectUrl: string, request_token: string): string {
  const fields = new URLSearchParams({ type: 'login', status: 'success', request_token, action: 'login' })
  return `${redirectUrl}${redirectUrl.includes('?') ? '&' : '?'}${fields.toString()}`
}
