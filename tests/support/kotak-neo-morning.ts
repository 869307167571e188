import { onTestFinished } from 'vitest'
import { startKotakNeo, type KotakNeoOptions } from '../../practice/kotak-neo.ts'
import type { LoginError } from '../../electron/core/errors.ts'
import { loginFailure } from './failure.ts'
import { domain } from './harness.ts'

export interface NeoMorningOptions extends KotakNeoOptions {
  /** The user's entries that replace the right values. */
  readonly typed?: Readonly<Record<string, string>>
  /** How far the broker's clock runs ahead of ours, ms. */
  readonly brokerAheadMs?: number
}

/** The routes of a login, in order. The first tells Kotak's time when it is still unknown. */
export const routes = {
  time: 'GET /',
  code: 'POST /login/1.0/tradeApiLogin',
  mpin: 'POST /login/1.0/tradeApiValidate',
  orders: 'GET /quick/user/orders',
  address: 'GET /login/1.0/get-client-ip',
} as const

/** Returns the domain with one account, `neo`, and a practice broker on the same clock. */
export async function neoMorning({ typed = {}, brokerAheadMs = 0, ...options }: NeoMorningOptions = {}) {
  const parts = domain()
  const broker = await startKotakNeo({ now: () => parts.clock.now() + brokerAheadMs, ...options })
  onTestFinished(() => broker.stop())
  const values = { ...broker.credentials, ...typed }
  const { endpoints } = broker
  await parts.accounts.add({ name: 'neo', brokerId: 'kotak-neo', values, endpoints, acceptTerms: true })
  const asked = (): string[] => broker.requests.map(({ method, path }) => `${method} ${path}`)
  return { ...parts, broker, endpoints, asked }
}

type Morning = Awaited<ReturnType<typeof neoMorning>>

/** Returns the final error of a login, after the window of a second code where the login waits for it. */
export async function neoFailure({ engine, clock }: Pick<Morning, 'engine' | 'clock'>): Promise<LoginError> {
  const failed = loginFailure(engine.login('neo'))
  await Promise.race([failed, clock.untilWaitingFor(25_000)])
  clock.advance(25_000)
  return failed
}
