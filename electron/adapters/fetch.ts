import type { Family, ReplyHeaders } from '../core/ports.ts'

/** The part of the options of `fetch` that sessions use. */
export interface FetchInit {
  readonly method: string
  readonly redirect: 'manual'
  readonly signal: AbortSignal
  readonly headers: Record<string, string>
  readonly body?: string | URLSearchParams
}

/** The part of `fetch` that sessions use, so that `RoutedFetch` and tests can each stand in for it. */
export type Fetch = (url: URL, init: FetchInit) => Promise<FetchReply>

/** The part of a `Response` that sessions use. */
export interface FetchReply {
  readonly status: number
  readonly headers: ReplyHeaders
  readonly body: AsyncIterable<Uint8Array> | null
  /** The version of IP that the reply came by; null or missing through a proxy. */
  readonly family?: Family | null
}
