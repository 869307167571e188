import { statusError } from '../../brokers/kit/replies.ts'
import type { HttpSession } from '../../ports.ts'

/**
 * Asks a broker's host something that tells it nothing, for the `Date` of its reply: before a code is the first
 * thing that is said, our clock may be wrong without our knowing, and the code with it.
 * @throws LoginError as the session does, and when the broker wants no requests now
 */
export async function syncClock(http: HttpSession, endpoint: URL): Promise<void> {
  const { status } = await http.send({ method: 'GET', url: new URL('/', endpoint) })
  if (status === 429 || status >= 500) throw statusError(status)
}
