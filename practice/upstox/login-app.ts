import type { UpstoxState } from './state.ts'

/** The redirect of a login page whose address names none, because some programs send no other. */
const USUAL_REDIRECT = 'https://api-v2.upstox.com/login/authorization/redirect'

/**
 * The app's identity inside Upstox's login pages, which ignore its client id and redirect URL:
 * https://github.com/batpool/upstox-totp
 */
export const LOGIN_APP = {
  client_id: 'PRACTICE-LOGIN-PAGES',
  redirect_uri: 'https://api-v2.upstox.com/login/authorization/practice-redirect',
}

/** Returns the app's identity, also for a login page whose address names no redirect. */
export const loginApp = ({ namesRedirect }: Pick<UpstoxState, 'namesRedirect'>): typeof LOGIN_APP =>
  namesRedirect ? LOGIN_APP : { ...LOGIN_APP, redirect_uri: USUAL_REDIRECT }

/** Tells whether a query names the app as the login pages do. */
export function namesLoginApp(upstox: Pick<UpstoxState, 'namesRedirect'>, query: URLSearchParams): boolean {
  return Object.entries(loginApp(upstox)).every(([name, value]) => query.get(name) === value)
}
