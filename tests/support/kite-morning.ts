import { onTestFinished } from 'vitest'
import { startKiteConnect, type KiteConnectOptions } from '../../practice/kite-connect.ts'
import { domain } from './harness.ts'

export interface MorningOptions extends KiteConnectOptions {
  /** What the user enters in place of the right values. */
  readonly typed?: Readonly<Record<string, string>>
  /** How far the broker's clock is ahead of ours, ms. */
  readonly brokerAheadMs?: number
}

/** The domain with one account, `kite`, at a practice broker on the same clock. */
export async function kiteMorning({ typed = {}, brokerAheadMs = 0, ...options }: MorningOptions = {}) {
  const parts = domain()
  const broker = await startKiteConnect({ now: () => parts.clock.now() + brokerAheadMs, ...options })
  onTestFinished(() => broker.stop())
  const values = { ...broker.credentials, ...typed }
  const { endpoints } = broker
  await parts.accounts.add({ name: 'kite', brokerId: 'kite-connect', values, endpoints, acceptTerms: true })
  return { ...parts, broker, endpoints }
}
