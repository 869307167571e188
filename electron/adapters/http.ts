import type { CookieJar } from 'tough-cookie'
import { isSafeAddress } from '../core/address.ts'
import { LoginError } from '../core/errors.ts'
import type {
  Clock,
  Family,
  HttpReply,
  HttpRequest,
  HttpSessionOptions,
  OpenedHttpSession,
  OpenHttpSession,
} from '../core/ports.ts'
import type { Way } from './connection.ts'
import type { Fetch, FetchReply } from './fetch.ts'
import type { Network } from './network.ts'
import type { WayOut } from './way-out.ts'

/** A broker that has not answered in full by then is not going to, ms. */
export const REQUEST_TIMEOUT_MS = 15_000
/** The largest honest reply of any login is a few KB. */
const MAX_BODY_BYTES = 1_000_000

/** A network of which nothing is known. */
const plainNetwork: Network = { caFile: null, env: {} }

/**
 * Returns what opens sessions, timed by `clock`.
 * @param fetch replaces every direct way out, as tests want it
 */
export function httpSessions(
  clock: Clock,
  fetch: Fetch | null = null,
  network: Network = plainNetwork,
): OpenHttpSession {
  // Loaded when first used: every command would wait for it.
  const open = async (way: Way, signal: AbortSignal): Promise<WayOut> =>
    new (await import('./way-out.ts')).WayOut(way, network, clock, signal)
  /** Direct ones, shared by all sessions as their connections are. */
  const direct = new Map<Family | null, Promise<WayOut>>()
  const wayOut: FindWay = (way, signal) => {
    // Its connections are the session's own, and end with it.
    if (way.proxy !== null) return open(way, signal)
    const known = direct.get(way.family) ?? open(way, new AbortController().signal)
    direct.set(way.family, known)
    return known
  }
  return (options) => new FetchSession(options, clock, fetch, wayOut)
}

type FindWay = (way: Way, signal: AbortSignal) => Promise<WayOut>

class FetchSession implements OpenedHttpSession {
  readonly #options: HttpSessionOptions
  readonly #clock: Clock
  readonly #fetch: Fetch
  readonly #findWay: FindWay
  #wayOut: Promise<WayOut> | null = null
  #jar: CookieJar | null = null

  constructor(options: HttpSessionOptions, clock: Clock, fetch: Fetch | null, findWay: FindWay) {
    this.#options = options
    this.#clock = clock
    this.#findWay = findWay
    const isReplaced = fetch !== null && options.proxy === null
    this.#fetch = isReplaced ? fetch : async (url, init) => (await this.#way()).fetch(url, init)
  }

  async send(request: HttpRequest): Promise<HttpReply> {
    const { url } = request
    if (!this.#mayTalkTo(url)) {
      throw new LoginError('protocol-changed', {
        message: `The login was sent on to ${url.host}, where it must not go.`,
      })
    }
    const timeout = new AbortController()
    const stopTimer = this.#clock.after(REQUEST_TIMEOUT_MS, () => {
      timeout.abort(new LoginError('timeout'))
    })
    const signal = AbortSignal.any([this.#options.signal, timeout.signal])
    try {
      return await this.#exchange(request, signal)
    } catch (error) {
      if (error instanceof LoginError) throw error
      // Loaded when first used, as the way out.
      const { requestFailed } = await import('./connection-errors.ts')
      throw requestFailed(error, url, signal, this.#options.proxy)
    } finally {
      stopTimer()
    }
  }

  async tryProxy(target: URL): Promise<void> {
    if (this.#options.proxy !== null) await (await this.#way()).tryOut(target)
  }

  #way(): Promise<WayOut> {
    const { family = null, proxy, signal } = this.#options
    return (this.#wayOut ??= this.#findWay({ family, proxy }, signal))
  }

  #mayTalkTo(url: URL): boolean {
    const { domains = [], origins, proxy } = this.#options
    if (origins.includes(url.origin)) return isSafeAddress(url, proxy?.url)
    return (
      url.protocol === 'https:' &&
      url.port === '' &&
      domains.some((domain) => url.hostname.endsWith(`.${domain}`))
    )
  }

  async #exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
    const { url, method, headers = {}, form, json, withoutCookies } = request
    // Loaded when first used: its list of public suffixes is larger than the rest of the app.
    const jar = (this.#jar ??= new (await import('tough-cookie')).CookieJar())
    const cookies = withoutCookies === true ? '' : await jar.getCookieString(url.href)
    const sentAt = this.#clock.now()
    const response = await this.#fetch(url, {
      method,
      redirect: 'manual',
      signal,
      headers: {
        accept: 'application/json, */*',
        'user-agent': 'TokenTray',
        ...(cookies !== '' && { cookie: cookies }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(form !== undefined && { body: new URLSearchParams(form) }),
      ...(json !== undefined && { body: JSON.stringify(json) }),
    })
    const serverTime = Date.parse(response.headers.get('date') ?? '')
    if (!Number.isNaN(serverTime)) {
      this.#options.onDate?.(url.origin, serverTime, sentAt, this.#clock.now())
    }
    for (const line of response.headers.getSetCookie()) {
      const cookie = await jar.setCookie(line, url.href, { ignoreError: true })
      if (cookie !== undefined) this.#options.onCookie?.(cookie.value)
    }
    const { status, family = null } = response
    return { status, headers: response.headers, body: await readBody(response), family }
  }
}

async function readBody(response: FetchReply): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > MAX_BODY_BYTES) {
      throw new LoginError('protocol-changed', {
        message: 'The broker’s reply was far larger than any login needs.',
      })
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
