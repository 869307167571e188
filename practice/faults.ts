/** A misbehaviour of the broker, or of what stands between it and the client. */
export type Fault =
  // The request is answered without being processed:
  /** A captcha page where JSON was due. */
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
  /** JSON of the test's own: what the broker has been seen to say, though nothing here leads to it. */
  | { readonly kind: 'json'; readonly status: number; readonly value: unknown }
  /** A refusal whose message is 10 kB of control characters, HTML and right-to-left text. */
  | { readonly kind: 'hostile-message' }
  | { readonly kind: 'redirect'; readonly location: string }
  /** A redirect to the very URL that was asked. */
  | { readonly kind: 'redirect-loop' }
  // The request is processed and its real reply spoilt:
  /** Half of the body, with the `Content-Length` of that half. */
  | { readonly kind: 'truncated' }
  /** Half of the body, then the connection is closed. */
  | { readonly kind: 'cut-mid-body' }
  /** Half of the body, then silence. */
  | { readonly kind: 'stall' }
  /** The real body, called HTML. */
  | { readonly kind: 'wrong-content-type' }
  /** The real body, followed by 11 MB of white space that JSON allows. */
  | { readonly kind: 'oversized' }
  // No reply comes, or none that ends:
  | { readonly kind: 'reset' | 'reset-after-processing' }
  | { readonly kind: 'hang' | 'hang-after-processing' }
  /** One byte of white space at a time, for ever: deceives a timeout that only watches for silence. */
  | { readonly kind: 'trickle' }
  /** White space for ever, as fast as the client reads it: deceives a client that trusts `Content-Length`. */
  | { readonly kind: 'endless' }

/** A fault, the route it befalls, and how many times: once when not said, `Infinity` for always. */
export type PlannedFault = Fault & { readonly at: string; readonly times?: number }

/** The faults still to come. */
export class FaultPlan {
  readonly #queue: { readonly fault: PlannedFault; left: number }[] = []

  /** Queues a fault behind those already planned for its route. */
  add(fault: PlannedFault): void {
    this.#queue.push({ fault, left: fault.times ?? 1 })
  }

  /** Takes the next fault planned for a route, if there is one. */
  take(route: string): Fault | undefined {
    const next = this.#queue.find((entry) => entry.fault.at === route && entry.left > 0)
    if (next === undefined) return undefined
    next.left -= 1
    return next.fault
  }
}
