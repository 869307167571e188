import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { connect as secure } from 'node:tls'
import { LoginError } from '../core/errors.ts'
import type { Clock, ProxySettings } from '../core/ports.ts'
import { asLoginError } from './http.ts'
import { openTunnel } from './proxy-tunnel.ts'

/** A host that has not answered by then counts as not reached, ms. */
export const REACH_TIMEOUT_MS = 5_000

/**
 * Finds out whether a host can be reached: opens a connection, with TLS and a look at its certificate where the
 * address is https, and closes it again. No request is sent on it.
 * @returns how long it took, ms
 * @throws LoginError `network`, `timeout`, `cancelled`, or `app-config` when the proxy refuses
 */
export async function reach(
  target: URL,
  proxy: ProxySettings | null,
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  const timeout = new AbortController()
  const stopTimer = clock.after(REACH_TIMEOUT_MS, () => {
    timeout.abort(tooSlow(target))
  })
  const until = AbortSignal.any([signal, timeout.signal])
  const began = clock.now()
  try {
    const socket = await (proxy === null ? connected(target, until) : openTunnel(proxy, target, until))
    try {
      if (target.protocol === 'https:') await secured(socket, target, until)
    } finally {
      socket.destroy()
    }
    return clock.now() - began
  } catch (cause) {
    throw asLoginError(new Error('not reached', { cause }), target, until, proxy)
  } finally {
    stopTimer()
  }
}

async function connected(target: URL, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted()
  const port = target.port === '' ? (target.protocol === 'https:' ? 443 : 80) : Number(target.port)
  const socket = connect({ host: hostOf(target), port })
  try {
    await once(socket, 'connect', { signal })
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

async function secured(socket: Socket, target: URL, signal: AbortSignal): Promise<void> {
  const host = hostOf(target)
  const secureSocket = secure({ socket, host, ...(isIP(host) === 0 && { servername: host }) })
  try {
    await once(secureSocket, 'secureConnect', { signal })
  } finally {
    // What comes after is of no interest; unheard, it would end the program.
    secureSocket.on('error', () => undefined)
    secureSocket.destroy()
  }
}

/** Without the brackets that an IPv6 address has in a URL. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

const tooSlow = ({ host }: URL): LoginError =>
  new LoginError('timeout', { message: `${host} did not answer within ${REACH_TIMEOUT_MS / 1000} s.` })
