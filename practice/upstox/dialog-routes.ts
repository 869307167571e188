import { redirect, type PracticeRequest, type Reply, type Routes } from '../exchange.ts'
import { missingField, wrongApp } from './app-check.ts'
import { invalidInput } from './envelope.ts'
import { loginApp } from './login-app.ts'
import { PERSON } from './person.ts'
import type { UpstoxState } from './state.ts'

/** Returns the redirects to the login page, see https://upstox.com/developer/api-documentation/ */
export function dialogRoutes(upstox: UpstoxState): Routes {
  function dialog({ url: { searchParams: query } }: PracticeRequest): Reply {
    return (
      missingField(['client_id', 'redirect_uri', 'response_type'], query) ??
      (query.get('response_type') === 'code' ? undefined : invalidInput("'response_type' is invalid.")) ??
      wrongApp(upstox, query) ??
      onward(query)
    )
  }

  function onward(query: URLSearchParams): Reply {
    const hops = Number(query.get('hop'))
    if (hops < upstox.redirectHops) {
      const next = new URLSearchParams(query)
      next.set('hop', String(hops + 1))
      return redirect(`/v2/login/authorization/continue?${next.toString()}`)
    }
    const { user_id, user_type } = PERSON
    const location = new URL(upstox.hosts().login)
    const { client_id, redirect_uri } = loginApp(upstox)
    location.search = new URLSearchParams({
      client_id,
      user_id,
      user_type,
      ...(upstox.namesRedirect && { redirect_uri }),
      ...(query.has('state') && { state: query.get('state') ?? '' }),
    }).toString()
    return redirect(location.href)
  }

  return {
    'GET /v2/login/authorization/dialog': dialog,
    'GET /v2/login/authorization/continue': dialog,
  }
}
