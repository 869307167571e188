import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { connect as secureConnect, type PeerCertificate } from 'node:tls'
import { LoginError } from '../core/errors.ts'
import type { Clock, Family, ProxySettings } from '../core/ports.ts'
import {
  codeOf,
  isCertificateCode,
  notReached,
  tooSlow,
  untrusted,
  unusedProxy,
} from './connection-errors.ts'
import type { Network } from './network.ts'
import { tooSlow as proxyTooSlow } from './proxy-errors.ts'
import { hostOf, openTunnel, portOf } from './proxy-tunnel.ts'
import { trustedContext } from './trusted-roots.ts'

/** A connection that is not there by then is not going to be, ms. Shorter than a request may take. */
export const CONNECT_TIMEOUT_MS = 10_000

/** How one account's connections leave this computer. */
export interface Way {
  readonly proxy: ProxySettings | null
  /** Null for whichever answers. */
  readonly family: Family | null
}

export interface Connecting {
  readonly clock: Clock
  readonly network: Network
  /** Ends the connection, also later, when it aborts. */
  readonly signal: AbortSignal
  readonly limitMs?: number
  /** False for the way alone, without the TLS that an https target wants. */
  readonly secured?: boolean
}

/**
 * Opens a connection to a host by an account's way, with TLS where the target is https. Nothing is sent on it.
 * @throws LoginError, after which the broker has surely judged nothing
 */
export async function openConnection(
  target: URL,
  way: Way,
  {
    clock,
    network,
    signal,
    limitMs = CONNECT_TIMEOUT_MS,
    secured = target.protocol === 'https:',
  }: Connecting,
): Promise<Socket> {
  const { proxy } = way
  const timeout = new AbortController()
  const stopTimer = clock.after(limitMs, () => {
    timeout.abort(proxy === null ? tooSlow(target, limitMs, unusedProxy(network.env)) : proxyTooSlow(proxy))
  })
  const until = AbortSignal.any([signal, timeout.signal])
  try {
    const socket = await openWay(target, way, network, until)
    return secured ? await secure(socket, target, way, network, until) : socket
  } catch (error) {
    if (error instanceof LoginError) throw error
    if (until.reason instanceof LoginError) throw until.reason
    throw notReached(target, proxy, {
      cause: error,
      notJudged: true,
      hint:
        proxy === null
          ? [heldTo(way), unusedProxy(network.env)].filter((words) => words !== null).join(' ')
          : '',
    })
  } finally {
    stopTimer()
  }
}

const heldTo = ({ family }: Way): string | null =>
  family === null
    ? null
    : `The account is held to IPv${family}: “tokentray account edit NAME --family any” takes either.`

async function openWay(target: URL, way: Way, network: Network, signal: AbortSignal): Promise<Socket> {
  if (way.proxy !== null) return openTunnel(way.proxy, target, { ...way, ...network, signal })
  signal.throwIfAborted()
  const socket = connect({
    host: hostOf(target),
    port: portOf(target),
    noDelay: true,
    ...(way.family !== null && { family: way.family }),
  })
  return ready(socket, 'connect', signal)
}

async function secure(
  socket: Socket,
  target: URL,
  way: Way,
  network: Network,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    const secureContext = await trustedContext(network.caFile)
    const options = { socket, ...serverName(target), ALPNProtocols: ['http/1.1'] }
    return await ready(
      secureConnect({ ...options, secureContext, rejectUnauthorized: true }),
      'secureConnect',
      signal,
    )
  } catch (error) {
    socket.destroy()
    const code = codeOf(error)
    if (!isCertificateCode(code)) throw error
    throw untrusted(target.host, code, await issuerSeen(target, way, network, signal))
  }
}

/**
 * Reads whom a certificate that did not pass names as its issuer. Node tells only the reason, so this is one more
 * handshake, without checks and ended before anything is sent.
 */
async function issuerSeen(
  target: URL,
  way: Way,
  network: Network,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const socket = await openWay(target, way, network, signal)
    const unchecked = secureConnect({ socket, ...serverName(target), rejectUnauthorized: false })
    await ready(unchecked, 'secureConnect', signal)
    const name = issuerOf(unchecked.getPeerCertificate(true))
    unchecked.destroy()
    return name
  } catch {
    return null
  }
}

/** The name at the end of the chain that the server has sent; it is the server's text, so cut and without controls. */
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

/** Waits until a socket is up; one that fails or is no longer wanted is closed. */
async function ready<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<S> {
  try {
    await once(socket, event, { signal })
    return socket
  } catch (error) {
    // What comes after is of no interest; unheard, it would end the program.
    socket.on('error', () => undefined)
    socket.destroy()
    throw error
  }
}

function serverName(target: URL): { readonly host: string; readonly servername?: string } {
  const host = hostOf(target)
  return { host, ...(isIP(host) === 0 && { servername: host }) }
}
