import { z } from 'zod'
import { onMondayMorning, postJson, type Texts } from '../test-client.ts'
import { startKotakNeo, type KotakNeoOptions, type KotakNeoPractice } from '../kotak-neo.ts'
import type { Session } from './sessions.ts'

/** Starts a practice broker for one test, with a clock that only the test moves. */
export async function startForTest(options: Omit<KotakNeoOptions, 'now'> = {}) {
  const { broker, clock } = await onMondayMorning((now) => startKotakNeo({ ...options, now }))
  return { broker, clock, client: new TestClient(broker) }
}

const OPENED = z.object({ data: z.object({ token: z.string(), sid: z.string() }) })

/** Acts as a client: plain fetch, every header and field named. An empty value overrides. */
export class TestClient {
  readonly #broker: KotakNeoPractice

  constructor(broker: KotakNeoPractice) {
    this.#broker = broker
  }

  /** Sends `POST /login/1.0/tradeApiLogin`. */
  login(fields: Texts = {}, headers: Texts = {}): Promise<Response> {
    const { mobile_number: mobileNumber, ucc } = this.#broker.credentials
    const body = { mobileNumber, ucc, totp: this.#broker.code(), ...fields }
    return this.#post('/login/1.0/tradeApiLogin', body, headers)
  }

  /** Sends the right code and resolves with the view session. */
  async view(): Promise<Session> {
    return sessionIn(await this.login())
  }

  /** Sends `POST /login/1.0/tradeApiValidate`. */
  validate(view: Session, fields: Texts = {}, headers: Texts = {}): Promise<Response> {
    const body = { mpin: this.#broker.credentials.mpin, ...fields }
    return this.#post('/login/1.0/tradeApiValidate', body, { sid: view.sid, Auth: view.token, ...headers })
  }

  /** Logs in and resolves with the trade session. */
  async trade(): Promise<Session> {
    return sessionIn(await this.validate(await this.view()))
  }

  /** Requests `GET /quick/user/orders`. */
  orders(session: Session, headers: Texts = {}): Promise<Response> {
    return fetch(new URL('/quick/user/orders', this.#broker.endpoints.api), {
      headers: { Auth: session.token, Sid: session.sid, 'neo-fin-key': 'neotradeapi', ...headers },
    })
  }

  /** Requests `GET /login/1.0/get-client-ip`. */
  clientIp(session: Session, headers: Texts = {}): Promise<Response> {
    return fetch(new URL('/login/1.0/get-client-ip', this.#broker.endpoints.api), {
      headers: {
        Authorization: this.#broker.credentials.consumer_key,
        Auth: session.token,
        Sid: session.sid,
        ...headers,
      },
    })
  }

  #post(path: string, body: Texts, headers: Texts): Promise<Response> {
    return postJson(`${this.#broker.endpoints.api}${path}`, JSON.stringify(body), {
      Authorization: this.#broker.credentials.consumer_key,
      'neo-fin-key': 'neotradeapi',
      ...headers,
    })
  }
}

async function sessionIn(response: Response): Promise<Session> {
  const text = await response.text()
  if (!response.ok) throw new Error(`No session was opened: ${text}`)
  return OPENED.parse(JSON.parse(text)).data
}

export const HEADER_MISSING = { error: [{ code: '10512', message: 'Required header not found.' }] }
export const NO_ACCESS = { code: '900901', message: 'Invalid Credentials' }
export const SESSION_ENDED = { data: { stCode: 100022, errMsg: 'invalid session token' } }
export const NO_ORDERS = { stat: 'Not_Ok', stCode: 5203, errMsg: 'No Data' }
