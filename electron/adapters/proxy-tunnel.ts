import { once } from 'node:events'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect, isIP, type Socket } from 'node:net'
import { LoginError } from '../core/errors.ts'
import type { Family, ProxySettings } from '../core/ports.ts'
import {
  proxyLoginRejected,
  hostForbiddenByProxy,
  proxyUnreachable,
  hostUnreachableByProxy,
} from './proxy-errors.ts'
import { trustedContext } from './trusted-roots.ts'

export interface TunnelOptions {
  /** The version of IP for the connection to the proxy; null for either. */
  readonly family: Family | null
  /** See `Network`. */
  readonly caFile: string | null
  readonly signal: AbortSignal
}

/**
 * Opens a tunnel to a host through a proxy, which looks up the name. The connection closes when `signal` aborts.
 * @throws LoginError `notJudged`, because the broker has seen nothing
 */
export async function openTunnel(proxy: ProxySettings, target: URL, options: TunnelOptions): Promise<Socket> {
  const { signal } = options
  try {
    return await (proxy.url.protocol === 'socks5:' ? socksTunnel : connectTunnel)(proxy, target, options)
  } catch (error) {
    if (error instanceof LoginError) throw error
    throw signal.reason instanceof LoginError ? signal.reason : proxyUnreachable(proxy, error)
  }
}

/** RFC 9110, section 9.3.6. */
async function connectTunnel(
  proxy: ProxySettings,
  target: URL,
  { caFile, family, signal }: TunnelOptions,
): Promise<Socket> {
  const { login, url } = proxy
  const isSecure = url.protocol === 'https:'
  const checks = isSecure && { secureContext: await trustedContext(caFile), rejectUnauthorized: true }
  const host = hostOf(url)
  const authority = `${target.hostname}:${portOf(target)}`
  const connectRequest = (isSecure ? secureRequest : plainRequest)({
    ...checks,
    ...(family !== null && { family }),
    method: 'CONNECT',
    host,
    port: portOf(url),
    path: authority,
    // Else Node would check the proxy's certificate against the host header, which names the broker.
    servername: isIP(host) === 0 ? host : '',
    agent: false,
    signal,
    headers: {
      host: authority,
      ...(login !== null && { 'proxy-authorization': basic(login) }),
    },
  })
  return new Promise((resolve, reject) => {
    connectRequest.once('error', reject)
    connectRequest.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode >= 200 && statusCode < 300) {
        resolve(socket)
        return
      }
      socket.destroy()
      // Tinyproxy answers a wrong password with 401.
      if (statusCode === 407 || statusCode === 401) reject(proxyLoginRejected(proxy))
      else if (statusCode === 403) reject(hostForbiddenByProxy(proxy, target))
      else reject(hostUnreachableByProxy(proxy, target, String(statusCode)))
    })
    connectRequest.end()
  })
}

/** RFC 1928 and 1929. */
async function socksTunnel(
  proxy: ProxySettings,
  target: URL,
  { family, signal }: TunnelOptions,
): Promise<Socket> {
  const { login, url } = proxy
  const address = { host: hostOf(url), port: portOf(url) }
  // Loaded when first used, because few accounts have such a proxy.
  const { SocksClient } = await import('socks')
  const socket = connect({ ...address, signal, ...(family !== null && { family }) })
  await once(socket, 'connect')
  try {
    await SocksClient.createConnection({
      command: 'connect',
      proxy: { ...address, type: 5, ...(login && { userId: login.user, password: login.password.reveal() }) },
      destination: { host: hostOf(target), port: portOf(target) },
      existing_socket: socket,
    })
    return socket
  } catch (error) {
    socket.destroy()
    // The library's error holds the password, so only its message is passed on.
    const words = error instanceof Error ? error.message : ''
    if (/authentication/i.test(words)) throw proxyLoginRejected(proxy)
    const [, why] = /rejected connection - (\w+)/.exec(words) ?? []
    if (why === 'NotAllowed') throw hostForbiddenByProxy(proxy, target)
    throw why === undefined ? new Error(words) : hostUnreachableByProxy(proxy, target, why)
  }
}

const defaultPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'socks5:': 1080 }

/** Returns the port of a URL, by default that of its protocol. */
export const portOf = ({ port, protocol }: URL): number =>
  port === '' ? (defaultPorts[protocol] ?? 0) : Number(port)

/** Returns the host without the brackets that an IPv6 address has in a URL. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

/** RFC 7617, section 2. */
function basic({ user, password }: NonNullable<ProxySettings['login']>): string {
  return `Basic ${Buffer.from(`${user}:${password.reveal()}`).toString('base64')}`
}
