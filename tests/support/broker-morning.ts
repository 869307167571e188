import { onTestFinished } from 'vitest'
import type { Broker } from '../../electron/core/brokers/broker.ts'
import { registry } from '../../electron/core/brokers/registry.ts'
import type { LoginError } from '../../electron/core/errors.ts'
import { definedBrokers } from '../../practice/defined.ts'
import type { DefinedBroker, DefinedOptions } from '../../practice/kit/define.ts'
import { loginFailure } from './failure.ts'
import { domain } from './harness.ts'
import { letPass } from './let-pass.ts'

export interface BrokerMorningOptions extends Omit<DefinedOptions, 'now'> {
  /** The user's entries that replace the right values. */
  readonly typed?: Readonly<Record<string, string>>
}

/** Returns a practice broker on the kit by its id. */
export function practiceOf(id: string): DefinedBroker {
  const practice = definedBrokers.find((one) => one.id === id)
  if (practice === undefined) throw new Error(`No practice broker on the kit is called ${id}`)
  return practice
}

/** Returns a broker by its id. */
export function brokerOf(id: string): Broker {
  const broker = registry.get(id)
  if (broker === undefined) throw new Error(`No broker is called ${id}`)
  return broker
}

/** Returns the domain with one account, named like its broker, and a practice broker on the same clock. */
export async function brokerMorning(id: string, { typed = {}, ...options }: BrokerMorningOptions = {}) {
  const parts = domain()
  const practice = await practiceOf(id).start({ now: () => parts.clock.now(), ...options })
  onTestFinished(() => practice.stop())
  const { endpoints } = practice
  const fields = brokerOf(id).fields.map(({ name }) => name)
  const all = { ...practice.credentials, ...typed }
  const values = Object.fromEntries(Object.entries(all).filter(([name]) => fields.includes(name)))
  await parts.accounts.add({ name: id, brokerId: id, values, endpoints, acceptTerms: true })
  // The pause between requests that the user of some brokers can set.
  const pause = parts.account(id).settings['delay_ms']
  if (pause !== undefined) void letPass(parts.clock, Number(pause))
  /** The routes that were asked so far, without those that only tell the time. */
  const asked = (): string[] =>
    practice.requests.map(({ method, path }) => `${method} ${path}`).filter((route) => route !== 'GET /')
  /** Returns the final error of a login, after the window of a second code where the login waits for it. */
  const failure = async (): Promise<LoginError> => {
    const failed = loginFailure(parts.engine.login(id))
    await Promise.race([failed, parts.clock.untilWaitingFor(25_000)])
    parts.clock.advance(25_000)
    return failed
  }
  return { ...parts, practice, endpoints, values, asked, failure, own: () => parts.account(id) }
}
