import { once } from 'node:events'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect, isIP, type Socket } from 'node:net'
import { LoginError } from '../core/errors.ts'
import type { Family, ProxySettings } from '../core/ports.ts'
import { notLetIn, notLetThrough, unreachable, unreachableBehind } from './proxy-errors.ts'
import { trustedContext } from './trusted-roots.ts'

export interface Tunnelling {
  /** By which version of IP the proxy is reached; null for whichever answers. */
  readonly family: Family | null
  /** See `Network`. */
  readonly caFile: string | null
  readonly signal: AbortSignal
}

/**
 * Has a proxy open a way to a host. Names are looked up by the proxy, not here. The connection ends when `signal`
 * aborts.
 * @throws LoginError, after which the broker has surely seen nothing
 */
export async function openTunnel(proxy: ProxySettings, target: URL, tunnelling: Tunnelling): Promise<Socket> {
  const { signal } = tunnelling
  try {
    return await (proxy.url.protocol === 'socks5:' ? throughSocks : throughConnect)(proxy, target, tunnelling)
  } catch (error) {
    if (error instanceof LoginError) throw error
    throw signal.reason instanceof LoginError ? signal.reason : unreachable(proxy, error)
  }
}

/** RFC 9110, section 9.3.6. */
async function throughConnect(
  proxy: ProxySettings,
  target: URL,
  { caFile, family, signal }: Tunnelling,
): Promise<Socket> {
  const { login, url } = proxy
  const isSecure = url.protocol === 'https:'
  const checks = isSecure && { secureContext: await trustedContext(caFile), rejectUnauthorized: true }
  const host = hostOf(url)
  const authority = `${target.hostname}:${portOf(target)}`
  const asked = (isSecure ? secureRequest : plainRequest)({
    ...checks,
    ...(family !== null && { family }),
    method: 'CONNECT',
    host,
    port: portOf(url),
    path: authority,
    // Node would take the name for the proxy's certificate from the header, which names the broker.
    servername: isIP(host) === 0 ? host : '',
    agent: false,
    signal,
    headers: {
      host: authority,
      ...(login !== null && { 'proxy-authorization': basic(login) }),
    },
  })
  return new Promise((resolve, reject) => {
    asked.once('error', reject)
    asked.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode >= 200 && statusCode < 300) {
        resolve(socket)
        return
      }
      socket.destroy()
      // Tinyproxy answers a wrong password with 401.
      if (statusCode === 407 || statusCode === 401) reject(notLetIn(proxy))
      else if (statusCode === 403) reject(notLetThrough(proxy, target))
      else reject(unreachableBehind(proxy, target, String(statusCode)))
    })
    asked.end()
  })
}

/** RFC 1928 and 1929. */
async function throughSocks(
  proxy: ProxySettings,
  target: URL,
  { family, signal }: Tunnelling,
): Promise<Socket> {
  const { login, url } = proxy
  const way = { host: hostOf(url), port: portOf(url) }
  // Loaded when first used: few accounts have such a proxy.
  const { SocksClient } = await import('socks')
  const socket = connect({ ...way, signal, ...(family !== null && { family }) })
  await once(socket, 'connect')
  try {
    await SocksClient.createConnection({
      command: 'connect',
      proxy: { ...way, type: 5, ...(login && { userId: login.user, password: login.password.reveal() }) },
      destination: { host: hostOf(target), port: portOf(target) },
      existing_socket: socket,
    })
    return socket
  } catch (error) {
    socket.destroy()
    // The library's error holds the password: its words alone may go on.
    const words = error instanceof Error ? error.message : ''
    if (/authentication/i.test(words)) throw notLetIn(proxy)
    const [, why] = /rejected connection - (\w+)/.exec(words) ?? []
    if (why === 'NotAllowed') throw notLetThrough(proxy, target)
    throw why === undefined ? new Error(words) : unreachableBehind(proxy, target, why)
  }
}

const usualPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'socks5:': 1080 }

export const portOf = ({ port, protocol }: URL): number =>
  port === '' ? (usualPorts[protocol] ?? 0) : Number(port)

/** Without the brackets that an IPv6 address has in a URL. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

/** RFC 7617, section 2. */
function basic({ user, password }: NonNullable<ProxySettings['login']>): string {
  return `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}`
}
