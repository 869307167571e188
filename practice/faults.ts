/** A fault of the broker, or of a server between it and the client. */
export type Fault =
  // The request is answered without being processed:
  /** A captcha page in place of JSON. */
  | { readonly kind: 'html-wall'; readonly status: 200 | 403 }
  /** An error status with the broker's own envelope or an HTML body; `retryAfter` is the header's value. */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body?: 'json' | 'html'
      readonly retryAfter?: string
    }
  /** The broker's error envelope under HTTP 200. */
  | { readonly kind: 'error-200'; readonly message?: string }
  /** A refusal whose message repeats everything that was sent, secrets included. */
  | { readonly kind: 'echo' }
  /** Custom JSON: a reply that the real broker has sent but that this one never produces. */
  | { readonly kind: 'json'; readonly status: number; readonly value: unknown }
  /** A refusal whose message is 10 kB of control characters, HTML and right-to-left text. */
  | { readonly kind: 'hostile-message' }
  | { readonly kind: 'redirect'; readonly location: string }
  /** A redirect to the requested URL itself. */
  | { readonly kind: 'redirect-loop' }
  // The request is processed and its real reply spoilt:
  /** Half of the body, with the `Content-Length` of that half. */
  | { readonly kind: 'truncated' }
  /** Half of the body, then the connection is closed. */
  | { readonly kind: 'cut-mid-body' }
  /** Half of the body, then silence. */
  | { readonly kind: 'stall' }
  /** The real body with the content type of HTML. */
  | { readonly kind: 'wrong-content-type' }
  /** The real body, with a line end and an escape in every key, so that no header can carry it. */
  | { readonly kind: 'unsendable-token' }
  /** The real body, followed by 11 MB of white space, which JSON allows. */
  | { readonly kind: 'oversized' }
  // No reply comes, or none that ends:
  | { readonly kind: 'reset' | 'reset-after-processing' }
  | { readonly kind: 'hang' | 'hang-after-processing' }
  /** One byte of white space at a time, without end: defeats a timeout that only watches for silence. */
  | { readonly kind: 'trickle' }
  /** White space without end, as fast as the client reads: defeats a client that trusts `Content-Length`. */
  | { readonly kind: 'endless' }

/** A fault, its route, and how many times it happens: once by default, `Infinity` for always. */
export type PlannedFault = Fault & { readonly at: string; readonly times?: number }

/** Holds the planned faults that have not happened yet. */
export class FaultPlan {
  readonly #queue: { readonly fault: PlannedFault; left: number }[] = []

  /** Queues a fault behind the planned faults of its route. */
  add(fault: PlannedFault): void {
    this.#queue.push({ fault, left: fault.times ?? 1 })
  }

  /** Returns and removes the next fault planned for a route, if any. */
  take(route: string): Fault | undefined {
    const next = this.#queue.find((entry) => entry.fault.at === route && entry.left > 0)
    if (next === undefined) return undefined
    next.left -= 1
    return next.fault
  }
}
