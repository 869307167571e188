import * as z from 'zod/mini'
import { problemKinds } from '../../../contract/state.ts'
import { LoginError } from '../../errors.ts'
import type { Clock, HttpReply, HttpRequest } from '../../ports.ts'

/**
 * One request of a login. Nothing in it was written by the broker or the user but the host, which is one of the
 * account's endpoints: paths, queries, headers and bodies may hold secrets and are never kept.
 */
export const TraceLine = z.object({
  /** The id of the login's step. */
  step: z.string(),
  method: z.enum(['GET', 'POST', 'DELETE']),
  host: z.string(),
  /** When it was sent, ms after the login began. */
  at: z.number(),
  /** How long the reply took, ms. */
  ms: z.number(),
  /** The HTTP status; null when no whole reply came. */
  status: z.nullable(z.number()),
  /** The version of IP that the reply came by; absent where that is not known, as through a proxy. */
  family: z.optional(z.literal([4, 6])),
  reply: z.enum(['json', 'page', 'redirect', 'other', 'none']),
  /** Why no reply came. */
  problem: z.nullable(z.enum(problemKinds)),
})
export type TraceLine = z.infer<typeof TraceLine>

/** What one login did, fit to be shown to anybody. */
export const Trace = z.object({
  /** Epoch ms. */
  startedAt: z.number(),
  ms: z.number(),
  result: z.enum(['obtained', ...problemKinds]),
  /** The brokers' clock minus ours, ms; null when not known. */
  clockOffsetMs: z.nullable(z.number()),
  lines: z.array(TraceLine),
  /** The shape of the reply that was not understood, for whoever mends the login; see `reply-shape.ts`. */
  notUnderstood: z.optional(z.array(z.string())),
})
export type Trace = z.infer<typeof Trace>

/** More than the longest login with all its retries sends. */
const MAX_LINES = 100

/** Writes down what a login sends, as it does. */
export class TraceRecorder {
  readonly #clock: Clock
  readonly #startedAt: number
  readonly #lines: TraceLine[] = []
  #notUnderstood: readonly string[] | null = null

  constructor(clock: Clock) {
    this.#clock = clock
    this.#startedAt = clock.now()
  }

  /** Whether nothing was sent. */
  get isEmpty(): boolean {
    return this.#lines.length === 0
  }

  /**
   * Sends a request of a step by `send` and notes how it went. Throws as `send` does.
   * @param host what to call the request's host
   */
  async record(
    step: string,
    host: string,
    request: HttpRequest,
    send: (request: HttpRequest) => Promise<HttpReply>,
  ): Promise<HttpReply> {
    const sentAt = this.#clock.now()
    const note = (outcome: Pick<TraceLine, 'status' | 'reply' | 'problem' | 'family'>): void => {
      const { method } = request
      const times = { at: sentAt - this.#startedAt, ms: this.#clock.now() - sentAt }
      if (this.#lines.length < MAX_LINES) this.#lines.push({ step, method, host, ...times, ...outcome })
    }
    try {
      const reply = await send(request)
      const { family = null, status } = reply
      note({ status, reply: replyKind(reply), problem: null, ...(family !== null && { family }) })
      return reply
    } catch (error) {
      note({ status: null, reply: 'none', problem: error instanceof LoginError ? error.kind : null })
      throw error
    }
  }

  /** Notes the shape of a reply that was not understood. */
  setNotUnderstood(shape: readonly string[]): void {
    this.#notUnderstood = shape
  }

  /** The trace of the login that ends now. */
  finish(result: Trace['result'], clockOffsetMs: number | null): Trace {
    const startedAt = this.#startedAt
    return {
      ...{ startedAt, ms: this.#clock.now() - startedAt, result, clockOffsetMs, lines: [...this.#lines] },
      ...(this.#notUnderstood !== null && { notUnderstood: [...this.#notUnderstood] }),
    }
  }
}

function replyKind({ status, headers, body }: HttpReply): TraceLine['reply'] {
  if (status >= 300 && status < 400) return 'redirect'
  const type = headers.get('content-type') ?? ''
  if (/\bhtml\b/i.test(type) || /^\s*</.test(body)) return 'page'
  return /\bjson\b/i.test(type) ? 'json' : 'other'
}
