import { Agent, request, type ClientRequestArgs, type IncomingMessage } from 'node:http'
import { Duplex, pipeline, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Socket } from 'node:net'
import type { Clock, Family } from '../core/ports.ts'
import { openConnection, type Way } from './connection.ts'
import type { Fetch, FetchInit, FetchReply } from './fetch.ts'
import type { Network } from './network.ts'

/** How long a connection without a request is kept for the next, ms; Node's own `fetch` keeps it as long. */
const KEPT_MS = 4_000

/** The `fetch` of one way out of this computer: direct, or through a proxy and in no other way. */
export class WayOut {
  readonly #way: Way
  readonly #network: Network
  readonly #clock: Clock
  readonly #signal: AbortSignal
  readonly #agents = new Map<string, Agent>()

  /** @param signal closes the connections that are open when it aborts */
  constructor(way: Way, network: Network, clock: Clock, signal: AbortSignal) {
    this.#way = way
    this.#network = network
    this.#clock = clock
    this.#signal = signal
  }

  /**
   * Sends one request. The environment's proxies (`NODE_USE_ENV_PROXY`) do not count: the agent opens all connections.
   * Rejects with a LoginError when there was no connection, or with an Error that has the reason as its cause.
   */
  readonly fetch: Fetch = (url, init) =>
    new Promise((resolve, reject) => {
      const asked = request({
        agent: this.#agent(url),
        method: init.method,
        path: `${url.pathname}${url.search}`,
        signal: init.signal,
        headers: headersOf(url, init),
      })
      asked.once('response', (response) => {
        resolve(this.#replyOf(response))
      })
      // Stays: what comes after the reply is told to who reads its body.
      asked.on('error', (error) => {
        reject(error.name === 'LoginError' ? error : new Error('the request failed', { cause: error }))
      })
      asked.end(bodyOf(init))
    })

  /** Opens the way to a host and closes it again. */
  async tryOut(target: URL): Promise<void> {
    const socket = await this.#open(target, false)
    socket.destroy()
  }

  #agent(url: URL): Agent {
    const known = this.#agents.get(url.origin)
    if (known !== undefined) return known
    const agent = new WayAgent(() => this.#open(url), this.#way.proxy === null ? Infinity : 1)
    this.#agents.set(url.origin, agent)
    return agent
  }

  #open(target: URL, secured?: false): Promise<Socket> {
    const connecting = { clock: this.#clock, network: this.#network, signal: this.#signal }
    return openConnection(target, this.#way, { ...connecting, ...(secured === false && { secured }) })
  }

  #replyOf(response: IncomingMessage): FetchReply {
    const headers = new Headers()
    for (let at = 0; at + 1 < response.rawHeaders.length; at += 2) {
      headers.append(response.rawHeaders[at] ?? '', response.rawHeaders[at + 1] ?? '')
    }
    return {
      status: response.statusCode ?? 0,
      headers,
      body: unpacked(response, headers.get('content-encoding')),
      family: this.#way.proxy === null ? familyOf(response.socket) : null,
    }
  }
}

/** The version of IP that a connection runs over. */
export const familyOf = ({ remoteFamily }: Socket): Family | null =>
  remoteFamily === 'IPv6' ? 6 : remoteFamily === 'IPv4' ? 4 : null

/** Has all connections of one origin opened by `open`. */
class WayAgent extends Agent {
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

/** Those of Node's own `fetch`, in its order: that is what the brokers have let in so far. */
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

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

function unpacked(response: IncomingMessage, encoding: string | null): AsyncIterable<Uint8Array> {
  const unpacker = unpackers[encoding?.trim().toLowerCase() ?? '']
  if (unpacker === undefined) return response
  // What goes wrong is told to who reads.
  return pipeline(response, unpacker(), () => undefined)
}
