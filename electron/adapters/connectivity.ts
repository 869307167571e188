import type { Family } from '../core/ports.ts'
import { openConnection, type Connecting, type Way } from './connection.ts'
import { familyOf } from './way-out.ts'

/** A host that has not answered by then counts as not reached, ms. */
export const REACH_TIMEOUT_MS = 5_000

export interface Reached {
  /** How long it took, ms. */
  readonly ms: number
  /** The version of IP that the host answered by; null through a proxy. */
  readonly family: Family | null
}

/**
 * Finds out whether a host can be reached: opens a connection, with TLS and a look at its certificate where the
 * address is https, and closes it again. No request is sent on it.
 * @throws LoginError `network`, `timeout`, `cancelled`, or `app-config` when the proxy refuses
 */
export async function checkConnectivity(
  target: URL,
  way: Way,
  connecting: Pick<Connecting, 'clock' | 'network' | 'signal'>,
): Promise<Reached> {
  const { clock } = connecting
  const began = clock.now()
  const socket = await openConnection(target, way, { ...connecting, limitMs: REACH_TIMEOUT_MS })
  const family = way.proxy === null ? familyOf(socket) : null
  socket.destroy()
  return { ms: clock.now() - began, family }
}
