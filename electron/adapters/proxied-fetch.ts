import type { Agent } from 'undici'
import type { Clock, ProxySettings } from '../core/ports.ts'
import type { Fetch } from './http.ts'
import { tooSlow } from './proxy-errors.ts'
import { openTunnel } from './proxy-tunnel.ts'

/** A proxy that has not opened the way by then is not going to, ms. Shorter than a request may take. */
export const PROXY_TIMEOUT_MS = 10_000

/** The `fetch` of one session that goes through a proxy. There is no other way out of it. */
export class ProxiedFetch {
  readonly #proxy: ProxySettings
  readonly #clock: Clock
  readonly #signal: AbortSignal
  #agent: Agent | null = null

  /** @param signal closes the connections that are open when it aborts */
  constructor(proxy: ProxySettings, clock: Clock, signal: AbortSignal) {
    this.#proxy = proxy
    this.#clock = clock
    this.#signal = signal
  }

  readonly fetch: Fetch = async (url, init) => {
    // Loaded when first used. It is what the system's own fetch is made of, so that a request looks the same with a
    // proxy as without one; but that one takes no agents of other versions.
    const { Agent, buildConnector, fetch } = await import('undici')
    const secure = buildConnector({ rejectUnauthorized: true, minVersion: 'TLSv1.2' })
    this.#agent ??= new Agent({
      // A login asks for one thing after the other: a second connection would only cost another way through the proxy.
      connections: 1,
      connect: (options, callback) => {
        const { hostname, port, protocol } = options
        this.#open(new URL(`${protocol}//${hostname}:${port}`)).then(
          (socket) => {
            if (protocol === 'https:') secure({ ...options, httpSocket: socket }, callback)
            else callback(null, socket)
          },
          (error: unknown) => {
            callback(error instanceof Error ? error : new Error('the proxy failed', { cause: error }), null)
          },
        )
      },
    })
    return fetch(url, { ...init, dispatcher: this.#agent })
  }

  /** Opens the way to a host and closes it again. */
  async tryOut(target: URL): Promise<void> {
    const tunnel = await this.#open(target)
    tunnel.destroy()
  }

  async #open(target: URL): ReturnType<typeof openTunnel> {
    const timeout = new AbortController()
    const stopTimer = this.#clock.after(PROXY_TIMEOUT_MS, () => {
      timeout.abort(tooSlow(this.#proxy))
    })
    try {
      return await openTunnel(this.#proxy, target, AbortSignal.any([this.#signal, timeout.signal]))
    } finally {
      stopTimer()
    }
  }
}
