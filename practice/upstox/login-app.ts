/**
 * What an app is called inside Upstox's own login pages. Its client id and redirect URL are of no use there:
 * https://github.com/batpool/upstox-totp
 */
export const LOGIN_APP = {
  client_id: 'PRACTICE-LOGIN-PAGES',
  redirect_uri: 'https://api-v2.upstox.com/login/authorization/redirect',
}

/** Whether a query names the app in the way of the login pages. */
export function namesLoginApp(query: URLSearchParams): boolean {
  return Object.entries(LOGIN_APP).every(([name, value]) => query.get(name) === value)
}
