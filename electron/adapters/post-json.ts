import type { Clock } from '../core/ports.ts'

/** Whoever has not answered by then is not waited for, ms. */
export const POST_TIMEOUT_MS = 10_000

export interface PostDeps {
  readonly clock: Clock
  readonly fetch?: typeof globalThis.fetch
}

/**
 * Posts JSON and wants a 2xx for it; redirects are not followed.
 * @param who is at the other end, for the error: the address itself may be a secret
 * @throws Error whose message can be shown, without its cause
 */
export async function postJson(
  url: URL,
  body: object,
  who: string,
  { clock, fetch = globalThis.fetch }: PostDeps,
): Promise<void> {
  const timeout = new AbortController()
  const cancel = clock.after(POST_TIMEOUT_MS, () => {
    timeout.abort()
  })
  const status = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: timeout.signal,
  })
    .then(async (reply) => {
      await reply.body?.cancel()
      return reply.status
    })
    .catch(() => null)
    .finally(cancel)
  if (timeout.signal.aborted) throw new Error(`${who} did not answer in time.`)
  if (status === null) throw new Error(`${who} could not be reached.`)
  if (status < 200 || status > 299) throw new Error(`${who} answered with status ${String(status)}.`)
}
