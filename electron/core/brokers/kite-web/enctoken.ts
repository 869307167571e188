import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'

/**
 * Returns the enctoken that a reply sets as a cookie, percent-decoded.
 * @throws LoginError `protocol-changed` when the reply sets none
 */
export function enctokenIn(reply: HttpReply): string {
  const enctoken = decoded(lastCookie(reply, 'enctoken') ?? '')
  if (cookieValue.test(enctoken)) return enctoken
  throw new LoginError('protocol-changed', { message: 'Kite accepted the login and handed out no enctoken.' })
}

/** Returns the value of a cookie that a reply sets; undefined for none. */
export function lastCookie({ headers }: HttpReply, name: string): string | undefined {
  const lines = headers.getSetCookie().map((line) => /^\s*([^=;]*)=([^;]*)/.exec(line))
  const values = lines.flatMap((line) => (line?.[1]?.trim() === name ? [line[2]?.trim() ?? ''] : []))
  // A reply that deletes a cookie and sets it again has two lines.
  return values.findLast((value) => value !== '')
}

/** The characters that a cookie and a header allow unencoded (RFC 6265 §4.1.1). */
const cookieValue = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
