import { onTestFinished } from 'vitest'
import { LoginEngine } from '../../electron/core/login/engine.ts'
import type { HttpReply, OpenHttpSession } from '../../electron/core/ports.ts'
import { startUpstox, type UpstoxOptions } from '../../practice/upstox.ts'
import { domain } from './harness.ts'
import { letPass } from './let-pass.ts'

export interface UpstoxMorningOptions extends UpstoxOptions {
  /** The user's entries that replace the right values. */
  readonly typed?: Readonly<Record<string, string>>
  /** How far the broker's clock runs ahead of ours, ms. */
  readonly brokerAheadMs?: number
  /**
   * False for a test that itself ends the pauses between a login's requests; otherwise they pass by themselves.
   */
  readonly pausesPass?: boolean
}

/** Returns the domain with one account, `upstox`, and a practice broker on the same clock. */
export async function upstoxMorning(options: UpstoxMorningOptions = {}) {
  const { typed = {}, brokerAheadMs = 0, pausesPass = true, ...practice } = options
  const parts = domain()
  const broker = await startUpstox({ now: () => parts.clock.now() + brokerAheadMs, ...practice })
  onTestFinished(() => broker.stop())
  const values = { ...broker.credentials, ...typed }
  const { endpoints } = broker
  await parts.accounts.add({ name: 'upstox', brokerId: 'upstox', values, endpoints, acceptTerms: true })
  if (pausesPass) void letPass(parts.clock, Number(parts.account('upstox').settings['delay_ms']))
  const paths = (): string[] => broker.requests.map(({ method, path }) => `${method} ${path}`)
  const sent = (path: string): number => broker.requests.filter((request) => request.path === path).length
  return { ...parts, broker, endpoints, paths, sent }
}

/** The routes of a login, in order. */
export const routes = {
  open: 'GET /v2/login/authorization/dialog',
  number: 'POST /login/open/v6/auth/1fa/otp/generate',
  code: 'POST /login/open/v5/auth/1fa/otp-totp/verify',
  pin: 'POST /login/open/v4/auth/2fa',
  approve: 'POST /login/v2/oauth/authorize',
  exchange: 'POST /v2/login/authorization/token',
  probe: 'GET /v2/user/profile',
  addresses: 'GET /v2/user/ip',
} as const

/** The older generation of two calls, for a broker that does not serve the newer one. */
export const olderRoutes = {
  code: 'POST /login/open/v4/auth/1fa/otp-totp/verify',
  pin: 'POST /login/open/v3/auth/2fa',
} as const

/** Returns a network that answers every request to one route, such as `POST /login`, with this JSON. */
export function answering(
  open: OpenHttpSession,
  route: string,
  json: unknown,
  status = 200,
): OpenHttpSession {
  const headers = new Headers({ 'content-type': 'application/json' })
  const reply: HttpReply = { status, headers, body: JSON.stringify(json) }
  return (options) => {
    const session = open(options)
    return {
      prepare: (target) => session.prepare(target),
      send: (request) =>
        `${request.method} ${request.url.pathname}` === route
          ? Promise.resolve(reply)
          : session.send(request),
    }
  }
}

/** Returns a morning at a broker that answers every request to one route with this JSON. */
export async function morningAnswering(route: string, json: unknown, status?: number) {
  const parts = await upstoxMorning()
  const openHttp = answering(parts.openHttp, route, json, status)
  return { ...parts, engine: new LoginEngine({ ...parts, openHttp }) }
}
