import { InputError } from '../../errors.ts'
import {
  NOT_TIME_BASED,
  nameOf,
  readEntry,
  readName,
  type FoundSecret,
  type LeftOut,
} from './found-secret.ts'

/** The longest address, characters; real addresses have fewer than 300. */
const MAX_LENGTH = 4_000

/**
 * Returns the TOTP secret in an `otpauth://` address, the content of the QR code on a broker's page
 * (https://github.com/google/google-authenticator/wiki/Key-Uri-Format).
 * @throws InputError for `otpauth`, which repeats nothing of the address
 */
export function parseOtpauth(text: string): FoundSecret {
  const found = readOtpauth(text)
  if ('why' in found) throw new InputError({ otpauth: found.why })
  return found
}

/** Returns the TOTP secret in an `otpauth://` address, or why it can't be used. */
export function readOtpauth(text: string): FoundSecret | LeftOut {
  // An address copied from HTML source has `&amp;`.
  const address = text.trim().replaceAll('&amp;', '&')
  const nameless = (why: string): LeftOut => ({ name: '', why })
  if (address.length > MAX_LENGTH) return nameless('is far longer than any real address')
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'otpauth:') return nameless('is not an otpauth:// address')
  const parameters = parametersOf(url)
  const parameter = (name: string): string => parameters.get(name)?.[0] ?? ''
  const label = withoutPercents(url.pathname.slice(1))
  const [issuer, type] = [parameter('issuer'), url.hostname.toLowerCase()]
  const leaveOut = (why: string): LeftOut => {
    const named = readName(label, issuer)
    return { name: named.issuer + named.label === '' ? '' : nameOf(named), why }
  }
  if (type === 'hotp') return leaveOut(NOT_TIME_BASED)
  if (type !== 'totp') return leaveOut('is not for TOTP codes: such an address begins with otpauth://totp/')
  const [secret, ...more] = parameters.get('secret') ?? []
  if (secret === undefined) return leaveOut('has no secret in it; copy the whole address')
  if (more.length > 0) return leaveOut('has two secrets in it')
  const [algorithm, digits, period] = [parameter('algorithm'), parameter('digits'), parameter('period')]
  return readEntry({ label, issuer, secret, algorithm, digits, period })
}

/** Returns the parameters by lower-case name, because some QR codes use only capitals, which makes them smaller. */
function parametersOf(url: URL): ReadonlyMap<string, readonly string[]> {
  const parameters = new Map<string, string[]>()
  for (const [name, value] of url.searchParams) {
    const key = name.toLowerCase()
    parameters.set(key, [...(parameters.get(key) ?? []), value])
  }
  return parameters
}

/** Decodes a label leniently, because it is only shown. */
function withoutPercents(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
