import { Agent, request, type ClientRequestArgs, type IncomingMessage } from 'node:http'
import { Duplex, pipeline, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Socket } from 'node:net'
import type { Clock, Family } from '../core/ports.ts'
import { replyHeaders } from '../core/reply-headers.ts'
import { openConnection, type Route } from './connection.ts'
import type { Fetch, FetchInit, FetchReply } from './fetch.ts'
import type { Network } from './network.ts'

/** How long an idle connection is kept for the next request, ms; as long as Node's own `fetch` does. */
const KEPT_MS = 4_000

/** Sends requests by one route: direct, or through a proxy and never around it. */
export class RoutedFetch {
  readonly #route: Route
  readonly #network: Network
  readonly #clock: Clock
  readonly #signal: AbortSignal
  readonly #agents = new Map<string, Agent>()

  /** @param signal closes open connections when it aborts */
  constructor(route: Route, network: Network, clock: Clock, signal: AbortSignal) {
    this.#route = route
    this.#network = network
    this.#clock = clock
    this.#signal = signal
  }

  /**
   * Sends one request. Ignores the environment's proxies (`NODE_USE_ENV_PROXY`), because the agent opens connections.
   * Rejects with a LoginError when there was no connection, or with an Error that has the reason as its cause.
   */
  readonly fetch: Fetch = (url, init) =>
    new Promise((resolve, reject) => {
      const outgoing = request({
        agent: this.#agent(url),
        method: init.method,
        path: `${url.pathname}${url.search}`,
        signal: init.signal,
        headers: headersOf(url, init),
      })
      outgoing.once('response', (response) => {
        resolve(this.#replyOf(response))
      })
      // Not `once`: errors after the reply reach the reader of its body, and must not be unhandled here.
      outgoing.on('error', (error) => {
        reject(error.name === 'LoginError' ? error : new Error('the request failed', { cause: error }))
      })
      outgoing.end(bodyOf(init))
    })

  /** Opens the route to a host, without TLS, and closes it. */
  async checkRoute(target: URL): Promise<void> {
    const socket = await this.#open(target, false)
    socket.destroy()
  }

  #agent(url: URL): Agent {
    const known = this.#agents.get(url.origin)
    if (known !== undefined) return known
    const agent = new RouteAgent(() => this.#open(url), this.#route.proxy === null ? Infinity : 1)
    this.#agents.set(url.origin, agent)
    return agent
  }

  #open(target: URL, secured?: false): Promise<Socket> {
    const options = { clock: this.#clock, network: this.#network, signal: this.#signal }
    return openConnection(target, this.#route, { ...options, ...(secured === false && { secured }) })
  }

  #replyOf(response: IncomingMessage): FetchReply {
    const headers = replyHeaders(response.rawHeaders)
    return {
      status: response.statusCode ?? 0,
      headers,
      body: decompressed(response, headers.get('content-encoding')),
      family: this.#route.proxy === null ? familyOf(response.socket) : null,
    }
  }
}

/** Returns the version of IP that a connection uses. */
export const familyOf = ({ remoteFamily }: Socket): Family | null =>
  remoteFamily === 'IPv6' ? 6 : remoteFamily === 'IPv4' ? 4 : null

/** Opens all connections of one origin with `open`. */
class RouteAgent extends Agent {
  readonly #open: () => Promise<Socket>

  constructor(open: () => Promise<Socket>, maxSockets: number) {
    super({ keepAlive: true, maxSockets, timeout: KEPT_MS })
    this.#open = open
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    this.#open().then(
      (socket) => callback?.(null, socket),
      (error: unknown) => {
        const cause = error instanceof Error ? error : new Error('no connection', { cause: error })
        callback?.(cause, new Duplex())
      },
    )
  }
}

/** Returns the headers of Node's own `fetch` in its order, because brokers are known to accept those. */
function headersOf(url: URL, init: FetchInit): Record<string, string> {
  const body = bodyOf(init)
  const length = body === undefined ? (init.method === 'POST' ? '0' : null) : String(Buffer.byteLength(body))
  return {
    host: url.host,
    connection: 'keep-alive',
    ...init.headers,
    ...(init.body instanceof URLSearchParams && {
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    }),
    'accept-language': '*',
    'sec-fetch-mode': 'cors',
    'accept-encoding': url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate',
    ...(length !== null && { 'content-length': length }),
  }
}

const bodyOf = ({ body }: FetchInit): string | undefined =>
  body instanceof URLSearchParams ? body.toString() : body

const decompressors: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

function decompressed(response: IncomingMessage, encoding: string | null): AsyncIterable<Uint8Array> {
  const decompressor = decompressors[encoding?.trim().toLowerCase() ?? '']
  if (decompressor === undefined) return response
  // Errors reach the reader of the body.
  return pipeline(response, decompressor(), () => undefined)
}
