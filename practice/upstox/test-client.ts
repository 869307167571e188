import { z } from 'zod'
import { Cookies, onMondayMorning, postJson, type Texts } from '../test-client.ts'
import { startUpstox, type UpstoxOptions, type UpstoxPractice } from '../upstox.ts'
import { LOGIN_APP } from './login-app.ts'

/** Starts a practice broker for one test, with a clock that only the test moves. */
export async function startForTest(options: Omit<UpstoxOptions, 'now'> = {}) {
  const { broker, clock } = await onMondayMorning((now) => startUpstox({ ...options, now }))
  return { broker, clock, client: new TestClient(broker) }
}

export const GENERATE = '/login/open/v6/auth/1fa/otp/generate'
/** The newer generation of the two calls. */
export const VERIFY = '/login/open/v5/auth/1fa/otp-totp/verify'
export const PIN = '/login/open/v4/auth/2fa'
/** The older generation of the same call. */
export const OLD_VERIFY = '/login/open/v4/auth/1fa/otp-totp/verify'
export const OLD_PIN = '/login/open/v3/auth/2fa'
export const AUTHORIZE = '/login/v2/oauth/authorize'
/** The description that a login page sends of itself. */
export const DEVICE =
  'platform=WEB|osName=Practice|appVersion=4.0.0|uuid=practice0practice000|userAgent=By hand'

/** The headers that name the practice person's profile. */
const PROFILE = { 'x-profile-id': '1', 'x-user-id': 'PR0001' }

const GENERATED = z.object({ data: z.object({ validateOTPToken: z.string() }) })
const APPROVED = z.object({ data: z.object({ redirectUri: z.string() }) })
const SESSION = z.object({ access_token: z.string() })

/** Acts as a login page: plain fetch, cookies in a map, no redirect followed. */
export class TestClient {
  readonly cookies = new Cookies()
  requestId = 'WPRO-byHand0001'
  readonly #broker: UpstoxPractice

  constructor(broker: UpstoxPractice) {
    this.#broker = broker
  }

  /** Requests `GET /v2/login/authorization/dialog`. */
  dialog(changes: Texts = {}): Promise<Response> {
    const { client_id, redirect_uri } = this.#broker.credentials
    const query = new URLSearchParams({ response_type: 'code', client_id, redirect_uri, ...changes })
    const url = `${this.#broker.endpoints.api}/v2/login/authorization/dialog?${query.toString()}`
    return fetch(url, { redirect: 'manual' })
  }

  /** Posts a body to the service endpoint, with the current cookies and the headers of a login page. */
  async post(path: string, body: string, headers: Texts = {}): Promise<Response> {
    const response = await postJson(`${this.#broker.endpoints.service}${path}`, body, {
      'x-request-id': this.requestId,
      'x-device-details': DEVICE,
      ...this.cookies.header,
      ...headers,
    })
    this.cookies.take(response)
    return response
  }

  generate(changes: Record<string, unknown> = {}): Promise<Response> {
    const data = { mobileNumber: this.#broker.credentials.username, userId: 'PR0001', ...changes }
    return this.post(GENERATE, JSON.stringify({ data }))
  }

  /** Requests a one-time password and resolves with its token. */
  async otpToken(): Promise<string> {
    return GENERATED.parse(await (await this.generate()).json()).data.validateOTPToken
  }

  verify(
    validateOtpToken: string,
    changes: Record<string, unknown> = {},
    path: typeof VERIFY | typeof OLD_VERIFY = VERIFY,
  ): Promise<Response> {
    const data = { otp: this.#broker.code(), validateOtpToken, ...changes }
    return this.post(path, JSON.stringify({ data }))
  }

  /**
   * Sends a PIN.
   * @param pin in plain text; this method encodes it
   */
  pin(pin = this.#broker.credentials.pin_code, query: Texts = {}): Promise<Response> {
    const inputText = Buffer.from(pin).toString('base64')
    return this.pinData({ inputText }, query)
  }

  /** Sends the PIN's call with other fields or headers, by default those of the practice person's profile. */
  pinData(changes: Record<string, unknown>, query: Texts = {}, headers: Texts = PROFILE): Promise<Response> {
    const data = { twoFAMethod: 'SECRET_PIN', profileId: Number(PROFILE['x-profile-id']), ...changes }
    return this.post(pathWith(PIN, query), JSON.stringify({ data }), headers)
  }

  /** Sends a PIN to the older generation. */
  oldPin(pin = this.#broker.credentials.pin_code): Promise<Response> {
    const data = { twoFAMethod: 'SECRET_PIN', inputText: Buffer.from(pin).toString('base64') }
    return this.post(pathWith(OLD_PIN, {}), JSON.stringify({ data }))
  }

  authorize(query: Texts = {}, userOAuthApproval: unknown = true): Promise<Response> {
    const path = pathWith(AUTHORIZE, { requestId: this.requestId, response_type: 'code', ...query })
    return this.post(path, JSON.stringify({ data: { userOAuthApproval } }))
  }

  /** Logs in, the PIN included. */
  async signIn(): Promise<void> {
    await this.verify(await this.otpToken())
    const reply = await (await this.pin()).text()
    if (!reply.includes('"success":true')) throw new Error(`Could not sign in: ${reply}`)
  }

  /**
   * Resolves with the registered redirect URL and its authorization code, for a login that has passed the PIN.
   */
  async redirectUri(query: Texts = {}): Promise<string> {
    return APPROVED.parse(await (await this.authorize(query)).json()).data.redirectUri
  }

  /** Resolves with the authorization code alone. */
  async code(): Promise<string> {
    return new URL(await this.redirectUri()).searchParams.get('code') ?? ''
  }

  /** Sends `POST /v2/login/authorization/token`. */
  exchange(code: string, changes: Texts = {}, headers: Texts = {}): Promise<Response> {
    const { client_id, client_secret, redirect_uri } = this.#broker.credentials
    const fields = { code, client_id, client_secret, redirect_uri, grant_type: 'authorization_code' }
    return fetch(`${this.#broker.endpoints.api}/v2/login/authorization/token`, {
      method: 'POST',
      headers: { accept: 'application/json', ...headers },
      body: new URLSearchParams({ ...fields, ...changes }),
    })
  }

  /** Logs in and resolves with the access token. */
  async accessToken(): Promise<string> {
    await this.signIn()
    return SESSION.parse(await (await this.exchange(await this.code())).json()).access_token
  }

  profile(accessToken: string): Promise<Response> {
    return this.withToken('GET', '/v2/user/profile', `Bearer ${accessToken}`)
  }

  withToken(method: string, path: string, authorization: string): Promise<Response> {
    return fetch(`${this.#broker.endpoints.api}${path}`, { method, headers: { authorization } })
  }
}

function pathWith(path: string, query: Texts): string {
  return `${path}?${new URLSearchParams({ ...LOGIN_APP, ...query }).toString()}`
}
