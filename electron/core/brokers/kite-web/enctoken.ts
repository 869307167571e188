import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'

/**
 * The enctoken that a reply sets as a cookie, without its percent-encoding.
 * @throws LoginError `protocol-changed` when there is none
 */
export function enctokenIn({ headers }: HttpReply): string {
  const values = headers.getSetCookie().map((line) => /^\s*enctoken=([^;]*)/.exec(line)?.[1]?.trim() ?? '')
  // A cookie that is deleted first and set again has two lines.
  const enctoken = decoded(values.filter((value) => value !== '').at(-1) ?? '')
  if (cookieValue.test(enctoken)) return enctoken
  throw new LoginError('protocol-changed', { message: 'Kite accepted the login and handed out no enctoken.' })
}

/** What may stand in a cookie and in a header as it is (RFC 6265 §4.1.1). */
const cookieValue = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
