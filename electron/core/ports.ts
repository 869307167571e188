import type { Secret } from './secret.ts'

/** Reads time and sets timers, so that tests can control time. */
export interface Clock {
  /** Wall clock, epoch ms. */
  now(): number
  /** Runs `callback` once after `ms`; the returned function cancels it. */
  after(ms: number, callback: () => void): () => void
}

/** Stores secrets. Every method throws `LoginError` `keychain-locked` or `keychain-missing`. */
export interface Keychain {
  /** Returns the secret under `key`; null only when the keychain is unlocked and has none. */
  get(key: string): Promise<Secret | null>
  set(key: string, value: Secret): Promise<void>
  /** Deletes the secret under `key`; a missing secret is no error. */
  delete(key: string): Promise<void>
  /** Checks that the keychain can be used. */
  check(): Promise<void>
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>
  /** Sent as `application/json`, instead of a form. */
  readonly json?: unknown
  /** True for requests of an app's server, not a browser, which carry no cookies of the session. */
  readonly withoutCookies?: true
}

/** A version of IP. */
export type Family = 4 | 6

/** The part of the web's `Headers` that logins read. */
export type ReplyHeaders = Pick<Headers, 'get' | 'getSetCookie'>

export interface HttpReply {
  readonly status: number
  readonly headers: ReplyHeaders
  readonly body: string
  /** The IP version of the connection to the broker; null through a proxy. */
  readonly family?: Family | null
}

/** A login's connection to a broker, with its own cookie jar; it never follows redirects. */
export interface HttpSession {
  /**
   * Sends a request.
   * @throws LoginError `network`, `timeout`, `cancelled`, or `protocol-changed` for a body above the size limit or an
   *   address outside the session's origins
   */
  send(request: HttpRequest): Promise<HttpReply>
}

/** A session with the calls for the code that opened it. */
export interface OpenedHttpSession extends HttpSession {
  /**
   * Gets ready to send to a host. With a proxy, opens and closes a tunnel through it, without sending a request.
   * @throws LoginError `network`, `timeout`, `cancelled`, or `app-config` when the proxy refuses
   */
  prepare(target: URL): Promise<void>
}

/** The proxy of all requests of a session. */
export interface ProxySettings {
  /** `http:`, `https:` or `socks5:` */
  readonly url: URL
  /** Null for a proxy without authentication. */
  readonly login: { readonly user: string; readonly password: Secret } | null
}

export interface HttpSessionOptions {
  /** The only allowed origins of this session. */
  readonly origins: readonly string[]
  /** Domains whose https hosts are allowed as well. */
  readonly domains?: readonly string[]
  /** Null for a direct connection. A session with a proxy never connects directly. */
  readonly proxy: ProxySettings | null
  /** The IP version of all connections; null or absent for any version. */
  readonly family?: Family | null
  readonly signal: AbortSignal
  /**
   * Receives the `Date` header of every reply with its origin and the times (epoch ms) at which the request was sent
   * and the reply received.
   */
  readonly onDate?: (origin: string, serverTime: number, sentAt: number, receivedAt: number) => void
  /** Receives the value of every cookie that a reply sets, because some are session tokens. */
  readonly onCookie?: (value: string) => void
}

export type OpenHttpSession = (options: HttpSessionOptions) => OpenedHttpSession

/** Locks across processes. */
export interface Locks {
  /**
   * Acquires the lock `name`, and waits while another process holds it; the returned function releases the lock.
   * @param onWait called when the lock is not free at once
   * @throws the signal's reason when the signal aborts
   */
  acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<() => Promise<void>>
}

/** Controls whether the system starts TokenTray at login. The setting is read from the system, which can change it too. */
export interface LaunchAtLogin {
  isOn(): Promise<boolean>
  /** @param hidden true to start without a window */
  set(on: boolean, hidden: boolean): Promise<void>
}

/**
 * Returns the texts of the QR codes in a picture, at least one, without duplicates.
 * @throws InputError for `picture` without a QR code, of an unsupported format, or too large
 * @throws the signal's reason when the signal aborts
 */
export type ReadQrCodes = (picture: Uint8Array, signal?: AbortSignal) => Promise<readonly string[]>

/**
 * Runs the QR code reader (`adapters/qr-reader.ts`) on a picture in its own process, which is killed when the signal
 * aborts. Rejects when the process ends without an answer.
 */
export type AskQrReader = (picture: Uint8Array, signal: AbortSignal) => Promise<unknown>
