import { onTestFinished } from 'vitest'
import { startKiteConnect, type KiteConnectOptions } from '../../practice/kite-connect.ts'
import { startKiteWeb, type KiteWebOptions } from '../../practice/kite-web.ts'
import type { PracticeBroker } from '../../practice/practice-broker.ts'
import { domain } from './harness.ts'

interface Wrongs {
  /** The user's entries that replace the right values. */
  readonly typed?: Readonly<Record<string, string>>
  /** How far the broker's clock runs ahead of ours, ms. */
  readonly brokerAheadMs?: number
}

export interface MorningOptions extends KiteConnectOptions, Wrongs {}
export interface WebMorningOptions extends KiteWebOptions, Wrongs {}

/** Returns the domain with one account, `kite`, and a practice Kite Connect on the same clock. */
export const kiteMorning = (options: MorningOptions = {}) =>
  morningAt((now) => startKiteConnect({ now, ...options }), options)

/** Returns the domain with one account and a practice Kite for a login to Kite itself. */
export const kiteWebMorning = (options: WebMorningOptions = {}) =>
  morningAt((now) => startKiteWeb({ now, ...options }), options)

async function morningAt<Practice extends PracticeBroker>(
  start: (now: () => number) => Promise<Practice>,
  { typed = {}, brokerAheadMs = 0 }: Wrongs,
) {
  const parts = domain()
  const broker = await start(() => parts.clock.now() + brokerAheadMs)
  onTestFinished(() => broker.stop())
  const { brokerId, credentials } = broker
  const endpoints: Practice['endpoints'] = broker.endpoints
  const values = { ...credentials, ...typed }
  await parts.accounts.add({ name: 'kite', brokerId, values, endpoints, acceptTerms: true })
  return { ...parts, broker, endpoints }
}
