import type { OpenHttpSession } from '../core/ports.ts'

/**
 * Gets JSON and requires the status 200. The connection is that of a login without a proxy: the same certificates are
 * trusted, the same limits hold, and redirects are not followed.
 * @throws Error, or LoginError of the connection
 */
export async function getJson(
  url: URL,
  headers: Readonly<Record<string, string>>,
  openHttp: OpenHttpSession,
): Promise<unknown> {
  const { signal } = new AbortController()
  const session = openHttp({ origins: [url.origin], proxy: null, signal })
  const { status, body } = await session.send({ method: 'GET', url, headers })
  if (status !== 200) throw new Error(`${url.host} answered with status ${String(status)}.`)
  const reply: unknown = JSON.parse(body)
  return reply
}
