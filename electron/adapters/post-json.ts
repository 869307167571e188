import type { Clock } from '../core/ports.ts'

/** How long a recipient may take to answer, ms. */
export const POST_TIMEOUT_MS = 10_000

export interface PostDeps {
  readonly clock: Clock
  readonly fetch?: typeof globalThis.fetch
}

/**
 * Posts JSON and requires a 2xx status. Does not follow redirects.
 * @param recipient named in errors in place of the address, which may be a secret
 * @throws Error whose message can be shown; it has no cause, because that may hold the address
 */
export async function postJson(
  url: URL,
  body: object,
  recipient: string,
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
  if (timeout.signal.aborted) throw new Error(`${recipient} did not answer in time.`)
  if (status === null) throw new Error(`${recipient} could not be reached.`)
  if (status < 200 || status > 299) throw new Error(`${recipient} answered with status ${String(status)}.`)
}
