import { onTestFinished } from 'vitest'
import { registry } from '../../electron/core/brokers/registry.ts'
import { startKotakTrade, type KotakTradeOptions } from '../../practice/kotak-trade.ts'
import { domain } from './harness.ts'

export interface TradeMorningOptions extends KotakTradeOptions {
  /** The user's entries that replace the right values. */
  readonly typed?: Readonly<Record<string, string>>
}

/** The routes of a login, in order, with one of the two second factors. */
export const routes = {
  open: 'GET /session/1.0/session/init',
  password: 'POST /session/1.0/session/login/userid',
  code: 'POST /session/1.0/session/2FA/accesscode',
  noCode: 'POST /session/1.0/session/2FA/oneTimeToken',
  margin: 'GET /margin/1.0/margin',
  logout: 'DELETE /session/1.0/session/logout',
} as const

/** Returns the domain with one account, `trade`, and a practice broker on the same clock. */
export async function tradeMorning({ typed = {}, ...options }: TradeMorningOptions = {}) {
  const parts = domain()
  const broker = await startKotakTrade({ now: () => parts.clock.now(), ...options })
  onTestFinished(() => broker.stop())
  // The access code is typed at login and is no field of the account.
  const fields = registry.get('kotak-trade')?.fields.map(({ name }) => name) ?? []
  const known = Object.entries(broker.credentials).filter(([name]) => fields.includes(name))
  const values = { ...Object.fromEntries(known), ...typed }
  const { endpoints } = broker
  await parts.accounts.add({ name: 'trade', brokerId: 'kotak-trade', values, endpoints, acceptTerms: true })
  const asked = (): string[] =>
    broker.requests.map(({ listener, method, path }) => `${listener} ${method} ${path}`)
  return { ...parts, broker, endpoints, asked }
}
