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
import type { Route } from './connection.ts'
import type { Fetch, FetchReply } from './fetch.ts'
import type { Network } from './network.ts'
import type { RoutedFetch } from './routed-fetch.ts'

/** How long a broker may take for its whole reply, ms. */
export const REQUEST_TIMEOUT_MS = 15_000

/** A reply of any login has a few KB. */
const MAX_BODY_BYTES = 1_000_000

/** Stands for no certificates of a profile, and no environment. */
const emptyNetwork: Network = { caFile: null, env: {} }

/**
 * Returns what opens HTTP sessions, timed by `clock`.
 * @param fetch replaces direct connections in tests
 */
export function httpSessions(
  clock: Clock,
  fetch: Fetch | null = null,
  network: Network = emptyNetwork,
): OpenHttpSession {
  // Loaded when first used, because every command would wait for it.
  const open = async (route: Route, signal: AbortSignal): Promise<RoutedFetch> =>
    new (await import('./routed-fetch.ts')).RoutedFetch(route, network, clock, signal)
  /** Shared by all sessions, so that they share connections. */
  const direct = new Map<Family | null, Promise<RoutedFetch>>()
  const routedFetch: FindRoute = (route, signal) => {
    // Connections through a proxy belong to the session and end with it.
    if (route.proxy !== null) return open(route, signal)
    const known = direct.get(route.family) ?? open(route, new AbortController().signal)
    direct.set(route.family, known)
    return known
  }
  return (options) => new FetchSession(options, clock, fetch, routedFetch)
}

type FindRoute = (route: Route, signal: AbortSignal) => Promise<RoutedFetch>

class FetchSession implements OpenedHttpSession {
  readonly #options: HttpSessionOptions
  readonly #clock: Clock
  readonly #fetch: Fetch
  readonly #findRoute: FindRoute
  #routedFetch: Promise<RoutedFetch> | null = null
  /** Null until the broker sets a cookie. */
  #jar: Promise<CookieJar> | null = null

  constructor(options: HttpSessionOptions, clock: Clock, fetch: Fetch | null, findRoute: FindRoute) {
    this.#options = options
    this.#clock = clock
    this.#findRoute = findRoute
    const isReplaced = fetch !== null && options.proxy === null
    this.#fetch = isReplaced ? fetch : async (url, init) => (await this.#route()).fetch(url, init)
  }

  async send(request: HttpRequest): Promise<HttpReply> {
    const { url } = request
    if (!this.#isAllowed(url)) {
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
      // Loaded when first used, as `RoutedFetch` is.
      const { requestFailed } = await import('./connection-errors.ts')
      throw requestFailed(error, url, signal, this.#options.proxy)
    } finally {
      stopTimer()
    }
  }

  async prepare(target: URL): Promise<void> {
    const route = await this.#route()
    if (this.#options.proxy !== null) await route.checkRoute(target)
  }

  #route(): Promise<RoutedFetch> {
    const { family = null, proxy, signal } = this.#options
    return (this.#routedFetch ??= this.#findRoute({ family, proxy }, signal))
  }

  #isAllowed(url: URL): boolean {
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
    const jar = withoutCookies === true ? null : await this.#jar
    const cookies = (await jar?.getCookieString(url.href)) ?? ''
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
    // A cache repeats the `Date` of long ago (RFC 9111, section 5.1), and a captive portal's is its own (RFC 6585).
    const isOwn = response.headers.get('age') === null && response.status !== 511
    if (isOwn && !Number.isNaN(serverTime)) {
      this.#options.onDate?.(url.origin, serverTime, sentAt, this.#clock.now())
    }
    for (const line of response.headers.getSetCookie()) {
      const kept = await (this.#jar ??= newJar())
      const cookie = await kept.setCookie(line, url.href, { ignoreError: true })
      if (cookie !== undefined) this.#options.onCookie?.(cookie.value)
    }
    const { status, family = null } = response
    return { status, headers: response.headers, body: await readBody(response), family }
  }
}

/** Loads it when first used, because its list of public suffixes is larger than the rest of the app. */
const newJar = async (): Promise<CookieJar> => new (await import('tough-cookie')).CookieJar()

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
