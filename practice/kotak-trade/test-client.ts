import { expect } from 'vitest'
import { z } from 'zod'
import { onMondayMorning, postJson, type Texts } from '../test-client.ts'
import { startKotakTrade, type KotakTradeOptions, type KotakTradePractice } from '../kotak-trade.ts'

/** Starts a practice broker for one test, with a clock that only the test moves. */
export async function startForTest(options: Omit<KotakTradeOptions, 'now'> = {}) {
  const { broker, clock } = await onMondayMorning((now) => startKotakTrade({ ...options, now }))
  return { broker, clock, client: new TestClient(broker) }
}

const LOGIN_REPLY = z.object({ Success: z.object({ oneTimeToken: z.string() }) })
const SESSION_REPLY = z.object({ success: z.object({ sessionToken: z.string() }) })

/** Acts as a client: plain fetch, every header and field named. An empty value overrides. */
export class TestClient {
  readonly #broker: KotakTradePractice
  readonly #host: string

  /** @param host the base URL of every call, by default that of `api` */
  constructor(broker: KotakTradePractice, host = broker.endpoints.api) {
    this.#broker = broker
    this.#host = host
  }

  init(headers: Texts = {}): Promise<Response> {
    const { userid } = this.#broker.credentials
    return this.#ask('GET', '/session/1.0/session/init', { userid, ...headers })
  }

  login(fields: Texts = {}, headers: Texts = {}): Promise<Response> {
    const { userid, password } = this.#broker.credentials
    return this.#post('/session/1.0/session/login/userid', { userid, password, ...fields }, headers)
  }

  /** Sends the right password to an initialised host and resolves with the one-time token. */
  async oneTimeToken(): Promise<string> {
    await this.init()
    return LOGIN_REPLY.parse(await (await this.login()).json()).Success.oneTimeToken
  }

  withCode(oneTimeToken: string, fields: Texts = {}, headers: Texts = {}): Promise<Response> {
    const { userid } = this.#broker.credentials
    const body = { userid, accessCode: this.#broker.code(), ...fields }
    return this.#post('/session/1.0/session/2FA/accesscode', body, { oneTimeToken, ...headers })
  }

  withoutCode(oneTimeToken: string, fields: Texts = {}, headers: Texts = {}): Promise<Response> {
    const body = { userid: this.#broker.credentials.userid, ...fields }
    return this.#post('/session/1.0/session/2FA/oneTimeToken', body, { oneTimeToken, ...headers })
  }

  /** Logs in and resolves with the session token. */
  async sessionToken(): Promise<string> {
    const response = await this.withCode(await this.oneTimeToken())
    return SESSION_REPLY.parse(await response.json()).success.sessionToken
  }

  margin(sessionToken: string, headers: Texts = {}): Promise<Response> {
    return this.#ask('GET', '/margin/1.0/margin', { sessionToken, ...headers })
  }

  logout(sessionToken: string, headers: Texts = {}): Promise<Response> {
    const { userid } = this.#broker.credentials
    return this.#ask('DELETE', '/session/1.0/session/logout', { userid, sessionToken, ...headers })
  }

  #ask(method: string, path: string, headers: Texts): Promise<Response> {
    return fetch(`${this.#host}${path}`, { method, headers: { ...this.#app(), ...headers } })
  }

  #post(path: string, body: Texts, headers: Texts): Promise<Response> {
    return postJson(`${this.#host}${path}`, JSON.stringify(body), { ...this.#app(), ...headers })
  }

  /** Returns the headers that every call needs. */
  #app(): Texts {
    const { access_token, app_id, consumer_key, ip } = this.#broker.credentials
    return {
      Authorization: `Bearer ${access_token}`,
      Accept: 'application/json',
      consumerKey: consumer_key,
      ip,
      appId: app_id,
    }
  }
}

/** Returns the body of a refusal in Kotak's envelope. */
export function fault(code: number, description: unknown = expect.any(String)) {
  return { fault: { code, message: expect.any(String), description } }
}

export const NO_ACCESS = { fault: { code: 900901, message: 'Invalid Credentials' } }
export const DEAD_ONE_TIME_TOKEN = { fault: { code: 50001, message: 'Invalid OneTimeToken' } }
export const NO_MARGIN = { Success: { commodities: [], currency: [], derivatives: [], equity: [] } }
export const DEAD_SESSION = fault(403, 'Invalid session, please re-login to continue')
