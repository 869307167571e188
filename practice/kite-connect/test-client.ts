import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Cookies, location, onMondayMorning, type Texts } from '../test-client.ts'
import { startKiteConnect, type KiteConnectOptions, type KiteConnectPractice } from '../kite-connect.ts'

/** Starts a practice broker for one test, with a clock that only the test moves. */
export async function startForTest(options: Omit<KiteConnectOptions, 'now'> = {}) {
  const { broker, clock } = await onMondayMorning((now) => startKiteConnect({ ...options, now }))
  return { broker, clock, client: new TestClient(broker) }
}

const PASSWORD_REPLY = z.object({ data: z.object({ request_id: z.string() }) })
const SESSION_REPLY = z.object({ data: z.object({ access_token: z.string() }) })

type WebInit = Omit<RequestInit, 'headers'> & { readonly headers?: Texts }

/** The members of a practice Kite that its login page uses. */
export interface LoginPage {
  readonly endpoints: { readonly web: string }
  readonly credentials: { readonly user_id: string; readonly password: string }
  code(): string
}

/** Acts as a browser: plain fetch, cookies in a map, no redirect followed. */
export class LoginTestClient {
  readonly cookies = new Cookies()
  readonly page: LoginPage

  constructor(page: LoginPage) {
    this.page = page
  }

  /** Requests a path of the web endpoint, or a complete URL. */
  async web(path: string, init: WebInit = {}): Promise<Response> {
    const headers = { ...this.cookies.header, ...init.headers }
    const url = new URL(path, this.page.endpoints.web)
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    this.cookies.take(response)
    return response
  }

  post(path: string, fields: Texts): Promise<Response> {
    return this.web(path, { method: 'POST', body: new URLSearchParams(fields) })
  }

  password(fields: Texts = {}): Promise<Response> {
    const { user_id, password } = this.page.credentials
    return this.post('/api/login', { user_id, password, ...fields })
  }

  /** Sends the right password and resolves with the request_id. */
  async requestId(): Promise<string> {
    return PASSWORD_REPLY.parse(await (await this.password()).json()).data.request_id
  }

  twofa(requestId: string, fields: Texts = {}): Promise<Response> {
    return this.post('/api/twofa', {
      user_id: this.page.credentials.user_id,
      request_id: requestId,
      twofa_value: this.page.code(),
      twofa_type: 'totp',
      ...fields,
    })
  }
}

/** Acts as a browser at an app of Kite Connect. */
export class TestClient extends LoginTestClient {
  readonly #broker: KiteConnectPractice

  constructor(broker: KiteConnectPractice) {
    super(broker)
    this.#broker = broker
  }

  /** Requests `GET /connect/login` and resolves with its redirect. */
  async open(): Promise<string> {
    const response = await this.web(`/connect/login?v=3&api_key=${this.#broker.credentials.api_key}`)
    return location(response)
  }

  override twofa(requestId: string, fields: Texts = {}): Promise<Response> {
    return super.twofa(requestId, { skip_session: 'true', ...fields })
  }

  /** Signs in and resolves with the sess_id. */
  async signIn(): Promise<string> {
    const sessId = new URL(await this.open()).searchParams.get('sess_id') ?? ''
    const response = await this.twofa(await this.requestId())
    if (!response.ok) throw new Error(`Could not sign in: ${await response.text()}`)
    return sessId
  }

  /** Returns a path of the web endpoint with this app's key and a sess_id. */
  path(path: string, sessId: string): string {
    return `${path}?api_key=${this.#broker.credentials.api_key}&sess_id=${sessId}`
  }

  /** Logs in and resolves with the request token. */
  async requestToken(): Promise<string> {
    const sessId = await this.signIn()
    return requestTokenIn(await this.web(this.path('/connect/finish', sessId)))
  }

  /** Sends `POST /session/token` with the right checksum. */
  exchange(requestToken: string): Promise<Response> {
    const { api_key, api_secret } = this.#broker.credentials
    const checksum = createHash('sha256')
      .update(api_key + requestToken + api_secret)
      .digest('hex')
    return this.api('POST /session/token', { api_key, request_token: requestToken, checksum })
  }

  /** Logs in and resolves with the access token. */
  async accessToken(): Promise<string> {
    const response = await this.exchange(await this.requestToken())
    return SESSION_REPLY.parse(await response.json()).data.access_token
  }

  /** Requests a route of the API endpoint, by default with the right version header. */
  api(route: string, fields?: Texts, headers: Texts = {}): Promise<Response> {
    const [method = '', path = ''] = route.split(' ')
    return fetch(new URL(path, this.#broker.endpoints.api), {
      method,
      headers: { 'x-kite-version': '3', ...headers },
      ...(fields === undefined ? {} : { body: new URLSearchParams(fields) }),
    })
  }

  profile(accessToken: string): Promise<Response> {
    const authorization = `token ${this.#broker.credentials.api_key}:${accessToken}`
    return this.api('GET /user/profile', undefined, { authorization })
  }
}

/** Returns the request token in the registered redirect URL. */
export function requestTokenIn(response: Response): string {
  return new URL(location(response)).searchParams.get('request_token') ?? ''
}
