import { LoginError } from '../core/errors.ts'
import type { OpenHttpSession } from '../core/ports.ts'

export interface PostDeps {
  readonly openHttp: OpenHttpSession
}

/**
 * Posts JSON and requires a 2xx status. Does not follow redirects. The connection is that of a login without a proxy:
 * the same certificates are trusted, and the same limits hold.
 * @param recipient named in errors in place of the address, which may be a secret
 * @throws Error whose message can be shown; it has no cause, because that may hold the address
 */
export async function postJson(
  url: URL,
  body: object,
  recipient: string,
  { openHttp }: PostDeps,
): Promise<void> {
  const { signal } = new AbortController()
  const session = openHttp({ origins: [url.origin], proxy: null, signal })
  const { status } = await session.send({ method: 'POST', url, json: body }).catch((error: unknown) => {
    throw new Error(whyNot(error, url, recipient))
  })
  if (status < 200 || status > 299) throw new Error(`${recipient} answered with status ${String(status)}.`)
}

function whyNot(error: unknown, { host }: URL, who: string): string {
  if (error instanceof LoginError && error.kind === 'timeout') return `${who} did not answer in time.`
  // A certificate that did not pass: its words hold nothing of the address but the host.
  if (error instanceof LoginError && error.final)
    return `${who}: ${error.message.replaceAll(host, 'the host')} ${error.next}`
  return `${who} could not be reached.`
}
