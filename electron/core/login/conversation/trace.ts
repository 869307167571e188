import { LoginError } from '../../errors.ts'
import type { Clock, HttpReply, HttpRequest } from '../../ports.ts'
import type { Trace, TraceLine } from '../../state/trace.ts'

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
