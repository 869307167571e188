import { html, type Routes } from '../exchange.ts'
import { loginPage } from '../pages.ts'
import { loginApp } from './login-app.ts'
import type { UpstoxState } from './state.ts'

const FORMS = `<form>
  <label>Mobile number <input name="mobileNumber" inputmode="numeric" required></label>
  <button>Get OTP</button>
</form>
<form>
  <label>OTP or TOTP <input name="otp" inputmode="numeric" required></label>
  <button>Continue</button>
</form>
<form>
  <label>PIN <input name="pin" type="password" inputmode="numeric" required></label>
  <button>Continue</button>
</form>
<form>
  <p>An app wants to use your account.</p>
  <button>Authorize</button>
</form>`

/**
 * Returns the page of login.upstox.com, which makes the same calls to service.upstox.com as Upstox's own page.
 */
export function loginPageRoutes(upstox: UpstoxState): Routes {
  return { 'GET /': () => html(200, loginPage('Practice Upstox', FORMS, steps(upstox))) }
}

const steps = (upstox: UpstoxState): string => `
  const named = new URLSearchParams(location.search)
  const app = { client_id: named.get('client_id'), redirect_uri: '${loginApp(upstox).redirect_uri}' }
  const letters = (length) => crypto.randomUUID().replaceAll('-', '').slice(0, length)
  const requestId = 'WPRO-' + letters(10)
  const device = ['platform=WEB', 'uuid=' + letters(20), 'userAgent=' + navigator.userAgent].join('|')
  let validateOtpToken
  let profile

  async function post(path, data, query = {}, headers = {}) {
    const reply = await fetch('${upstox.hosts().service}' + path + '?' + new URLSearchParams(query), {
      method: 'POST',
      credentials: 'include',
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        'x-device-details': device,
        ...headers,
      },
      body: JSON.stringify({ data }),
    })
    const envelope = await reply.json()
    if (!envelope.success) throw new Error(envelope.error.message)
    return envelope.data
  }

  async function enterNumber(fields) {
    const data = { ...fields, userId: named.get('user_id') }
    validateOtpToken = (await post('/login/open/v6/auth/1fa/otp/generate', data)).validateOTPToken
  }

  async function enterCode(fields) {
    const verify = '/login/open/${upstox.generations.newer ? 'v5' : 'v4'}/auth/1fa/otp-totp/verify'
    const { accounts = [] } = await post(verify, { ...fields, validateOtpToken })
    profile = accounts.find(({ userId }) => userId === named.get('user_id')) ?? accounts[0]
  }

  async function enterPin({ pin }) {
    const data = { twoFAMethod: 'SECRET_PIN', inputText: btoa(pin) }
    if (profile === undefined) return post('/login/open/v3/auth/2fa', data, app)
    const { profileId, userId } = profile
    const headers = { 'x-profile-id': profileId, 'x-user-id': userId }
    await post('/login/open/v4/auth/2fa', { ...data, profileId: Number(profileId) }, app, headers)
  }

  async function authorize() {
    const state = named.has('state') ? { state: named.get('state') } : {}
    const query = { ...app, ...state, requestId, response_type: 'code' }
    const { redirectUri } = await post('/login/v2/oauth/authorize', { userOAuthApproval: true }, query)
    location.replace(redirectUri)
  }

  const steps = [enterNumber, enterCode, enterPin, authorize]
`
