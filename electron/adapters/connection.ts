import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { connect as secureConnect, type PeerCertificate } from 'node:tls'
import { LoginError } from '../core/errors.ts'
import type { Clock, Family, ProxySettings } from '../core/ports.ts'
import {
  codeOf,
  isCertificateCode,
  hostUnreachable,
  hostTimedOut,
  certificateRejected,
  unusedProxy,
} from './connection-errors.ts'
import type { Network } from './network.ts'
import { proxyTimedOut } from './proxy-errors.ts'
import { hostOf, openTunnel, portOf } from './proxy-tunnel.ts'
import { trustedContext } from './trusted-roots.ts'

/** How long a connection may take, ms. Shorter than the limit of a request, so that the error names the right cause. */
export const CONNECT_TIMEOUT_MS = 10_000

/** How an account's connections leave this computer. */
export interface Route {
  readonly proxy: ProxySettings | null
  /** The version of IP to use; null for either. */
  readonly family: Family | null
}

export interface ConnectOptions {
  readonly clock: Clock
  readonly network: Network
  /** Closes the connection when it aborts, also after it was opened. */
  readonly signal: AbortSignal
  readonly limitMs?: number
  /** False for a connection without the TLS that an https target needs. */
  readonly secured?: boolean
}

/**
 * Opens a connection to a host by an account's route, with TLS when the target is https. Sends nothing on it.
 * @throws LoginError `notJudged`, because the broker has seen no request
 */
export async function openConnection(
  target: URL,
  route: Route,
  {
    clock,
    network,
    signal,
    limitMs = CONNECT_TIMEOUT_MS,
    secured = target.protocol === 'https:',
  }: ConnectOptions,
): Promise<Socket> {
  const { proxy } = route
  const timeout = new AbortController()
  const stopTimer = clock.after(limitMs, () => {
    timeout.abort(
      proxy === null ? hostTimedOut(target, limitMs, unusedProxy(network.env)) : proxyTimedOut(proxy),
    )
  })
  const until = AbortSignal.any([signal, timeout.signal])
  try {
    const socket = await openRoute(target, route, network, until)
    return secured ? await secure(socket, target, route, network, until) : socket
  } catch (error) {
    if (error instanceof LoginError) throw error
    if (until.reason instanceof LoginError) throw until.reason
    throw hostUnreachable(target, proxy, {
      cause: error,
      notJudged: true,
      ...(proxy === null && { familyHint: familyHint(route), proxyHint: unusedProxy(network.env) }),
    })
  } finally {
    stopTimer()
  }
}

const familyHint = ({ family }: Route): string | null =>
  family === null
    ? null
    : `The account is held to IPv${family}: “tokentray account edit NAME --family any” takes either.`

async function openRoute(target: URL, route: Route, network: Network, signal: AbortSignal): Promise<Socket> {
  if (route.proxy !== null) return openTunnel(route.proxy, target, { ...route, ...network, signal })
  signal.throwIfAborted()
  const socket = connect({
    host: hostOf(target),
    port: portOf(target),
    noDelay: true,
    ...(route.family !== null && { family: route.family }),
  })
  return connected(socket, 'connect', signal)
}

async function secure(
  socket: Socket,
  target: URL,
  route: Route,
  network: Network,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    const secureContext = await trustedContext(network.caFile)
    const options = { socket, ...serverName(target), ALPNProtocols: ['http/1.1'] }
    return await connected(
      secureConnect({ ...options, secureContext, rejectUnauthorized: true }),
      'secureConnect',
      signal,
    )
  } catch (error) {
    socket.destroy()
    const code = codeOf(error)
    if (!isCertificateCode(code)) throw error
    throw certificateRejected(target.host, code, await readIssuer(target, route, network, signal))
  }
}

/**
 * Reads the issuer of a rejected certificate. Node reports only the reason, so this makes one more handshake without
 * checks, and closes it before anything is sent.
 */
async function readIssuer(
  target: URL,
  route: Route,
  network: Network,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const socket = await openRoute(target, route, network, signal)
    const unchecked = secureConnect({ socket, ...serverName(target), rejectUnauthorized: false })
    await connected(unchecked, 'secureConnect', signal)
    const name = issuerOf(unchecked.getPeerCertificate(true))
    unchecked.destroy()
    return name
  } catch {
    return null
  }
}

/** Returns the last issuer of the server's chain, cut and without control characters, because it is foreign text. */
function issuerOf(certificate: PeerCertificate): string | null {
  let last: PeerCertificate = certificate
  for (let steps = 0; steps < 10 && 'issuerCertificate' in last; steps++) {
    const above: unknown = last.issuerCertificate
    if (!isCertificate(above)) break
    last = above
  }
  const names = [last.issuer.CN, last.issuer.O].flat().filter((name) => typeof name === 'string')
  const name = [...new Set(names)]
    .join(', ')
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return name === '' ? null : name.slice(0, 80)
}

const isCertificate = (value: unknown): value is PeerCertificate =>
  typeof value === 'object' && value !== null && 'issuer' in value

/** Waits until a socket is connected. Destroys it when that fails or `signal` aborts. */
async function connected<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<S> {
  try {
    await once(socket, event, { signal })
    return socket
  } catch (error) {
    // Later errors are ignored; without a listener they would end the process.
    socket.on('error', () => undefined)
    socket.destroy()
    throw error
  }
}

function serverName(target: URL): { readonly host: string; readonly servername?: string } {
  const host = hostOf(target)
  return { host, ...(isIP(host) === 0 && { servername: host }) }
}
