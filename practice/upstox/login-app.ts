import type { UpstoxState } from './state.ts'

/** Where the login page ends when its address does not say; programs that send nothing else have been seen. */
const USUAL_REDIRECT = 'https://api-v2.upstox.com/login/authorization/redirect'

/**
 * What an app is called inside Upstox's own login pages. Its client id and redirect URL are of no use there:
 * https://github.com/batpool/upstox-totp
 */
export const LOGIN_APP = {
  client_id: 'PRACTICE-LOGIN-PAGES',
  redirect_uri: 'https://api-v2.upstox.com/login/authorization/practice-redirect',
}

/** The same for a login page whose address does not say where it ends. */
export const loginApp = ({ namesRedirect }: Pick<UpstoxState, 'namesRedirect'>): typeof LOGIN_APP =>
  namesRedirect ? LOGIN_APP : { ...LOGIN_APP, redirect_uri: USUAL_REDIRECT }

/** Whether a query names the app in the way of the login pages. */
export function namesLoginApp(upstox: Pick<UpstoxState, 'namesRedirect'>, query: URLSearchParams): boolean {
  return Object.entries(loginApp(upstox)).every(([name, value]) => query.get(name) === value)
}
