import type { CookieJar } from 'tough-cookie'
import { isLoopback, isSafeAddress } from '../core/address.ts'
import { LoginError } from '../core/errors.ts'
import type {
  Clock,
  HttpReply,
  HttpRequest,
  HttpSessionOptions,
  OpenedHttpSession,
  OpenHttpSession,
  ProxySettings,
} from '../core/ports.ts'
import type { ProxiedFetch } from './proxied-fetch.ts'

/** A broker that has not answered in full by then is not going to, ms. */
export const REQUEST_TIMEOUT_MS = 15_000
/** The largest honest reply of any login is a few KB. */
const MAX_BODY_BYTES = 1_000_000

/** What `fetch` is asked for here. */
export interface FetchInit {
  readonly method: string
  readonly redirect: 'manual'
  readonly signal: AbortSignal
  readonly headers: Record<string, string>
  readonly body?: string | URLSearchParams
}

/** The part of the system's `fetch` that is used here. */
export type Fetch = (url: URL, init: FetchInit) => Promise<FetchReply>

/** The part of its answer that is used here. */
export interface FetchReply extends Pick<Response, 'status' | 'headers'> {
  readonly body: AsyncIterable<Uint8Array> | null
}

/** Sessions over `fetch`, the system's own unless said otherwise, timed by `clock`; or through their proxy. */
export function httpSessions(clock: Clock, fetch: Fetch = globalThis.fetch): OpenHttpSession {
  return (options) => new FetchSession(options, clock, fetch)
}

class FetchSession implements OpenedHttpSession {
  readonly #options: HttpSessionOptions
  readonly #clock: Clock
  readonly #fetch: Fetch
  #proxied: Promise<ProxiedFetch> | null = null
  #jar: CookieJar | null = null

  constructor(options: HttpSessionOptions, clock: Clock, fetch: Fetch) {
    this.#options = options
    this.#clock = clock
    const { proxy } = options
    this.#fetch =
      proxy === null ? fetch : async (url, init) => (await this.#throughProxy(proxy)).fetch(url, init)
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
      throw asLoginError(error, url, signal, this.#options.proxy)
    } finally {
      stopTimer()
    }
  }

  async tryProxy(target: URL): Promise<void> {
    const { proxy } = this.#options
    if (proxy !== null) await (await this.#throughProxy(proxy)).tryOut(target)
  }

  /** Loaded when first used: most accounts have no proxy, and every command would wait for it. */
  #throughProxy(proxy: ProxySettings): Promise<ProxiedFetch> {
    return (this.#proxied ??= import('./proxied-fetch.ts').then(
      ({ ProxiedFetch }) => new ProxiedFetch(proxy, this.#clock, this.#options.signal),
    ))
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
    return { status: response.status, headers: response.headers, body: await readBody(response) }
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

/** What happened before a single byte of the request can have left. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * What it means that a connection to `url` failed, or a request on it.
 * @param error as `fetch` throws it: with the reason as its cause
 */
export function asLoginError(
  error: unknown,
  url: URL,
  signal: AbortSignal,
  proxy: ProxySettings | null,
): LoginError {
  if (error instanceof LoginError) return error
  if (signal.reason instanceof LoginError) return signal.reason
  // From the proxy, before it has opened the way.
  if (error instanceof Error && error.cause instanceof LoginError) return error.cause
  const way = proxy === null ? '' : ` through the proxy at ${proxy.url.host}`
  const code = causeCode(error)
  const certificate = code.startsWith('ERR_TLS') || /CERT|SIGNATURE|ISSUER/.test(code)
  return new LoginError('network', {
    message: `The broker could not be reached at ${url.host}${way}.`,
    ...(isLoopback(url) && {
      next: 'If this is a practice account, start its broker with “tokentray practice”.',
    }),
    ...(certificate && {
      message: `The certificate of ${url.host} could not be trusted (${code}).`,
      next: 'Check this computer’s date. If it is right, something on this network may be reading along: use another.',
    }),
    notJudged: neverLeft.has(code) || certificate,
    cause: error,
  })
}

function causeCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  // A host with several addresses fails once per address.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause
  return first instanceof Error && 'code' in first ? String(first.code) : ''
}
