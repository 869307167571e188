import { InputError } from '../../errors.ts'
import {
  NOT_TIME_BASED,
  nameOf,
  readEntry,
  readName,
  type FoundSecret,
  type LeftOut,
} from './found-secret.ts'

/** Real ones have fewer than 300. */
const MAX_LENGTH = 4_000

/**
 * The TOTP secret in an `otpauth://` address, which is what the QR code of a broker's page says
 * (https://github.com/google/google-authenticator/wiki/Key-Uri-Format).
 * @throws InputError for `otpauth`; it repeats nothing of the address
 */
export function parseOtpauth(text: string): FoundSecret {
  const found = readOtpauth(text)
  if ('why' in found) throw new InputError({ otpauth: found.why })
  return found
}

/** The same, or why there is none. */
export function readOtpauth(text: string): FoundSecret | LeftOut {
  // Out of the source of a page.
  const address = text.trim().replaceAll('&amp;', '&')
  const nameless = (why: string): LeftOut => ({ name: '', why })
  if (address.length > MAX_LENGTH) return nameless('is far longer than any real address')
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'otpauth:') return nameless('is not an otpauth:// address')
  const parameters = parametersOf(url)
  const said = (name: string): string => parameters.get(name)?.[0] ?? ''
  const label = withoutPercents(url.pathname.slice(1))
  const [issuer, type] = [said('issuer'), url.hostname.toLowerCase()]
  const leaveOut = (why: string): LeftOut => {
    const named = readName(label, issuer)
    return { name: named.issuer + named.label === '' ? '' : nameOf(named), why }
  }
  if (type === 'hotp') return leaveOut(NOT_TIME_BASED)
  if (type !== 'totp') return leaveOut('is not for TOTP codes: such an address begins with otpauth://totp/')
  const [secret, ...more] = parameters.get('secret') ?? []
  if (secret === undefined) return leaveOut('has no secret in it; copy the whole address')
  if (more.length > 0) return leaveOut('has two secrets in it')
  const [algorithm, digits, period] = [said('algorithm'), said('digits'), said('period')]
  return readEntry({ label, issuer, secret, algorithm, digits, period })
}

/** By their names in lower case: QR codes of capitals alone are smaller, so some are written like that. */
function parametersOf(url: URL): ReadonlyMap<string, readonly string[]> {
  const parameters = new Map<string, string[]>()
  for (const [name, value] of url.searchParams) {
    const key = name.toLowerCase()
    parameters.set(key, [...(parameters.get(key) ?? []), value])
  }
  return parameters
}

/** A label is only shown: one that is badly encoded is shown as it is. */
function withoutPercents(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
