import { InputError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { normaliseTotpSecret, standardTotp } from '../../totp/code.ts'
import { NOT_STANDARD, NOT_TIME_BASED, readName, type FoundSecret } from './found-secret.ts'

/** Real ones have fewer than 300. */
const MAX_LENGTH = 4_000

/**
 * The TOTP secret in an `otpauth://` address, which is what the QR code of a broker's page says
 * (https://github.com/google/google-authenticator/wiki/Key-Uri-Format).
 * @throws InputError for `otpauth`; it repeats nothing of the address
 */
export function parseOtpauth(text: string): FoundSecret {
  const address = text.trim()
  if (address.length > MAX_LENGTH) throw wrong('is far longer than any real address')
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol !== 'otpauth:') throw wrong('is not an otpauth:// address')
  const type = url.hostname.toLowerCase()
  if (type === 'hotp') throw wrong(NOT_TIME_BASED)
  if (type !== 'totp') throw wrong('is not for TOTP codes: such an address begins with otpauth://totp/')
  assertStandard(url.searchParams)
  return {
    ...readName(withoutPercents(url.pathname.slice(1)), url.searchParams.get('issuer') ?? ''),
    secret: readSecret(url.searchParams),
  }
}

function readSecret(parameters: URLSearchParams): Secret {
  const [first, ...more] = parameters.getAll('secret')
  if (first === undefined) throw wrong('has no secret in it; copy the whole address')
  if (more.length > 0) throw wrong('has two secrets in it')
  try {
    return new Secret(normaliseTotpSecret(first))
  } catch (error) {
    if (error instanceof TypeError) throw wrong(`has a secret that ${error.message}`)
    throw error
  }
}

function assertStandard(parameters: URLSearchParams): void {
  const { digits, periodMs } = standardTotp
  const isStandard =
    /^(HMAC-?)?SHA-?1$/i.test(parameters.get('algorithm') ?? 'SHA1') &&
    Number(parameters.get('digits') ?? digits) === digits &&
    Number(parameters.get('period') ?? periodMs / 1000) === periodMs / 1000
  if (!isStandard) throw wrong(NOT_STANDARD)
}

/** A label is only shown: one that is badly encoded is shown as it is. */
function withoutPercents(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const wrong = (message: string): InputError => new InputError({ otpauth: message })
