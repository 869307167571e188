import type { Secret } from './secret.ts'

/** All reading of time and all waiting goes through here, so that tests can move time by hand. */
export interface Clock {
  /** Wall clock, epoch ms. */
  now(): number
  /** Runs `callback` once after `ms`; the function returned calls it off. */
  after(ms: number, callback: () => void): () => void
}

/** Where secrets are kept. Every method throws `LoginError` `keychain-locked` or `keychain-missing`. */
export interface Keychain {
  /** Null only when the keychain is open and has nothing under `key`. */
  get(key: string): Promise<Secret | null>
  set(key: string, value: Secret): Promise<void>
  /** Deleting what is not there is fine. */
  delete(key: string): Promise<void>
  /** Makes sure that it can be used. */
  check(): Promise<void>
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>
  /** Sent as `application/json`, in place of a form. */
  readonly json?: unknown
  /** True for what an app's own server would send and no browser: the session's cookies stay out of it. */
  readonly withoutCookies?: true
}

/** A version of IP. */
export type Family = 4 | 6

export interface HttpReply {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** The version of IP by which the broker was talked to; null through a proxy. */
  readonly family?: Family | null
}

/** One login's connection to one broker: a cookie jar of its own, no redirect ever followed. */
export interface HttpSession {
  /**
   * @throws LoginError `network`, `timeout`, `cancelled`, or `protocol-changed` for a body past the size limit
   *   or an address outside the session's origins.
   */
  send(request: HttpRequest): Promise<HttpReply>
}

/** A session as those have it who opened it. */
export interface OpenedHttpSession extends HttpSession {
  /**
   * Has the session's proxy open the way to a host and close it again, with nothing sent on it. Does nothing when
   * there is no proxy.
   * @throws LoginError `network`, `timeout`, `cancelled`, or `app-config` when the proxy refuses
   */
  tryProxy(target: URL): Promise<void>
}

/** What every request of a session goes through. */
export interface ProxySettings {
  /** `http:`, `https:` or `socks5:` */
  readonly url: URL
  /** Null for a proxy that asks for nobody's name. */
  readonly login: { readonly user: string; readonly password: Secret } | null
}

export interface HttpSessionOptions {
  /** The only origins this session may talk to. */
  readonly origins: readonly string[]
  /** Domains whose https hosts it may talk to as well. */
  readonly domains?: readonly string[]
  /** Null to talk to the broker directly. A session that has a proxy never does. */
  readonly proxy: ProxySettings | null
  /** The version of IP that all connections are held to; null or left out for whichever answers. */
  readonly family?: Family | null
  readonly signal: AbortSignal
  /**
   * Told of every reply's `Date` header with its origin and the times (epoch ms) at which the request left and the
   * reply came.
   */
  readonly onDate?: (origin: string, serverTime: number, sentAt: number, receivedAt: number) => void
  /** Told of the value of every cookie that a reply sets: some of them are the session itself. */
  readonly onCookie?: (value: string) => void
}

export type OpenHttpSession = (options: HttpSessionOptions) => OpenedHttpSession

/** Locks that hold across processes. */
export interface Locks {
  /**
   * Waits until `name` is free; the function returned frees it again. Throws the signal's reason when it aborts.
   * @param onWait called when another is found to hold it
   */
  acquire(name: string, signal: AbortSignal, onWait?: () => void): Promise<() => Promise<void>>
}

/** Whether the system starts TokenTray when the user logs in to it. Only the system knows: it can be changed there too. */
export interface LaunchAtLogin {
  isOn(): Promise<boolean>
  /** @param hidden without a window */
  set(on: boolean, hidden: boolean): Promise<void>
}

/**
 * The texts of the QR codes in a picture, each once; at least one.
 * @throws InputError for `picture` when there is none, or when the file is no picture of a kind that is read, or a too large one
 * @throws the signal's reason when it aborts
 */
export type ReadQrCodes = (picture: Uint8Array, signal?: AbortSignal) => Promise<readonly string[]>

/**
 * Has the reader of QR codes (`adapters/qr-reader.ts`) look at a picture in a process of its own, which is killed when
 * the signal aborts. Rejects when that process ends without an answer.
 */
export type AskQrReader = (picture: Uint8Array, signal: AbortSignal) => Promise<unknown>
