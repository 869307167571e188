import { LoginError } from '../core/errors.ts'
import type { OpenHttpSession } from '../core/ports.ts'

export interface PostDeps {
  readonly openHttp: OpenHttpSession
}

/**
 * Posts JSON and wants a 2xx for it; redirects are not followed. The connection is that of a login without a proxy: the
 * same certificates are trusted, and the same limits hold.
 * @param who is at the other end, for the error, as at the beginning of a sentence: the address itself may be a secret
 * @throws Error whose message can be shown, without its cause
 */
export async function postJson(url: URL, body: object, who: string, { openHttp }: PostDeps): Promise<void> {
  const { signal } = new AbortController()
  const session = openHttp({ origins: [url.origin], proxy: null, signal })
  const { status } = await session.send({ method: 'POST', url, json: body }).catch((error: unknown) => {
    throw new Error(whyNot(error, url, who))
  })
  if (status < 200 || status > 299) throw new Error(`${who} answered with status ${String(status)}.`)
}

function whyNot(error: unknown, { host }: URL, who: string): string {
  if (error instanceof LoginError && error.kind === 'timeout') return `${who} did not answer in time.`
  // A certificate that did not pass: its words hold nothing of the address but the host.
  if (error instanceof LoginError && error.final)
    return `${who}: ${error.message.replaceAll(host, 'the host')} ${error.next}`
  return `${who} could not be reached.`
}
