import type { Family } from '../core/ports.ts'
import { openConnection, type ConnectOptions, type Route } from './connection.ts'
import { familyOf } from './routed-fetch.ts'

/** After this a host counts as not reached, ms. */
export const REACH_TIMEOUT_MS = 5_000

export interface Reached {
  /** How long it took, ms. */
  readonly ms: number
  /** The version of IP that the host answered by; null through a proxy. */
  readonly family: Family | null
}

/**
 * Opens a connection to a host, with TLS and a check of its certificate when the address is https, and closes it. Sends
 * no request on it.
 * @throws LoginError `network`, `timeout`, `cancelled`, or `app-config` when the proxy refuses
 */
export async function checkConnectivity(
  target: URL,
  route: Route,
  options: Pick<ConnectOptions, 'clock' | 'network' | 'signal'>,
): Promise<Reached> {
  const { clock } = options
  const began = clock.now()
  const socket = await openConnection(target, route, { ...options, limitMs: REACH_TIMEOUT_MS })
  const family = route.proxy === null ? familyOf(socket) : null
  socket.destroy()
  return { ms: clock.now() - began, family }
}
