import type { PracticeBroker, PracticeControls, BrokerModel } from './practice-broker.ts'
import { PracticeServer } from './practice-server.ts'

/** Configures the servers of a practice broker. */
export interface LoopbackOptions<Key extends string> {
  /** Wanted ports by endpoint key. A free port replaces a taken one. */
  readonly ports?: Readonly<Partial<Record<Key, number>>>
  /** The broker's clock, in epoch milliseconds. */
  readonly now?: () => number
  /** How far the `Date` header runs ahead of that clock, in milliseconds; negative for behind. */
  readonly dateHeaderOffsetMs?: number
}

/** Opens a loopback port for each of the named endpoints of a practice broker. */
export async function listen<Key extends string, Model extends BrokerModel<Key>>(
  model: Model,
  keys: readonly Key[],
  { now = Date.now, dateHeaderOffsetMs = 0, ports }: LoopbackOptions<Key>,
): Promise<
  Model & PracticeControls & PracticeBroker & { readonly endpoints: Readonly<Record<Key, string>> }
> {
  const server = new PracticeServer({ now, dateHeaderOffsetMs, refuse: model.refuse })
  const endpoints: Partial<Record<Key, string>> = {}
  for (const key of keys) endpoints[key] = await server.listen(key, model.routes[key], ports?.[key])
  if (!hasAll(endpoints, keys)) throw new Error('An endpoint was not opened')
  return Object.assign(model, {
    endpoints,
    requests: server.requests,
    fault: server.fault.bind(server),
    waitFor: server.waitFor.bind(server),
    stop: server.stop.bind(server),
  })
}

function hasAll<Key extends string>(
  record: Partial<Record<Key, string>>,
  keys: readonly Key[],
): record is Record<Key, string> {
  return keys.every((key) => record[key] !== undefined)
}
