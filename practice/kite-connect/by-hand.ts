import { createHash } from 'node:crypto'
import { generateSync } from 'otplib'
import { expect, onTestFinished } from 'vitest'
import { z } from 'zod'
import { startKiteConnect, type KiteConnectOptions, type KiteConnectPractice } from '../kite-connect.ts'

/** Half past eight in the morning in India, a Monday; epoch milliseconds. */
export const MONDAY_MORNING = Date.UTC(2026, 0, 5, 3, 0, 0)

/** A practice broker for one test, with a clock that stands still until it is set. */
export async function practise(options: Omit<KiteConnectOptions, 'now'> = {}) {
  const clock = { ms: MONDAY_MORNING }
  const broker = await startKiteConnect({ ...options, now: () => clock.ms })
  onTestFinished(() => broker.stop())
  return { broker, clock, hand: new ByHand(broker) }
}

/** The code for a moment in epoch milliseconds. */
export function codeAt(broker: KiteConnectPractice, ms: number): string {
  return generateSync({ secret: broker.credentials.totp_secret, epoch: ms / 1000 })
}

const PASSWORD_REPLY = z.object({ data: z.object({ request_id: z.string() }) })
const SESSION_REPLY = z.object({ data: z.object({ access_token: z.string() }) })

/** For tests, a browser without magic: plain fetch, cookies kept in a map, no redirect followed. */
export class ByHand {
  readonly cookies = new Map<string, string>()
  readonly #broker: KiteConnectPractice

  constructor(broker: KiteConnectPractice) {
    this.#broker = broker
  }

  /** Asks the web endpoint; the path may also be a whole URL. */
  async web(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (cookie !== '') headers.set('cookie', cookie)
    const url = new URL(path, this.#broker.endpoints.web)
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.cookies.set(name, value)
    }
    return response
  }

  post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.web(path, { method: 'POST', body: new URLSearchParams(fields) })
  }

  /** GET /connect/login: where it redirects to. */
  async open(): Promise<string> {
    const response = await this.web(`/connect/login?v=3&api_key=${this.#broker.credentials.api_key}`)
    return location(response)
  }

  password(fields: Record<string, string> = {}): Promise<Response> {
    const { user_id, password } = this.#broker.credentials
    return this.post('/api/login', { user_id, password, ...fields })
  }

  /** The right password; resolves with the request_id. */
  async requestId(): Promise<string> {
    return PASSWORD_REPLY.parse(await (await this.password()).json()).data.request_id
  }

  twofa(requestId: string, fields: Record<string, string> = {}): Promise<Response> {
    return this.post('/api/twofa', {
      user_id: this.#broker.credentials.user_id,
      request_id: requestId,
      twofa_value: this.#broker.code(),
      twofa_type: 'totp',
      skip_session: 'true',
      ...fields,
    })
  }

  /** Signs in and resolves with the sess_id. */
  async signIn(): Promise<string> {
    const sessId = new URL(await this.open()).searchParams.get('sess_id') ?? ''
    const response = await this.twofa(await this.requestId())
    if (!response.ok) throw new Error(`Could not sign in: ${await response.text()}`)
    return sessId
  }

  /** A path of the web endpoint with this app's key and a sess_id. */
  path(path: string, sessId: string): string {
    return `${path}?api_key=${this.#broker.credentials.api_key}&sess_id=${sessId}`
  }

  /** A whole login up to the request token. */
  async requestToken(): Promise<string> {
    const sessId = await this.signIn()
    return requestTokenIn(await this.web(this.path('/connect/finish', sessId)))
  }

  /** POST /session/token with the right checksum. */
  exchange(requestToken: string): Promise<Response> {
    const { api_key, api_secret } = this.#broker.credentials
    const checksum = createHash('sha256')
      .update(api_key + requestToken + api_secret)
      .digest('hex')
    return this.api('POST /session/token', { api_key, request_token: requestToken, checksum })
  }

  /** A whole login. */
  async accessToken(): Promise<string> {
    const response = await this.exchange(await this.requestToken())
    return SESSION_REPLY.parse(await response.json()).data.access_token
  }

  /** Asks the API endpoint with the right version header, unless another is given. */
  api(
    route: string,
    fields?: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
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

/** Where a redirect leads. */
export function location(response: Response): string {
  return response.headers.get('location') ?? ''
}

/** The request token on the registered redirect URL. */
export function requestTokenIn(response: Response): string {
  return new URL(location(response)).searchParams.get('request_token') ?? ''
}

/** The status and, among what else it holds, the body of a reply. */
export async function expectReply(reply: Promise<Response>, status: number, body: object): Promise<void> {
  const response = await reply
  const received: unknown = await response.json()
  expect({ status: response.status, body: received }).toMatchObject({ status, body })
}
