import { InputError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { normaliseTotpSecret } from '../../totp/code.ts'
import { nameOf, type FoundSecret, type LeftOut } from './found-secret.ts'
import { parseMigration } from './migration.ts'
import { parseOtpauth } from './otpauth.ts'

/** TOTP secrets of an authenticator app or a broker's page. */
export interface FoundSecrets {
  readonly kind: 'secrets'
  /** At least one, each once. */
  readonly secrets: readonly FoundSecret[]
  readonly leftOut: readonly LeftOut[]
  /** How many QR codes the export is spread over, and how many of them are here; 1 where there is no such thing. */
  readonly parts: { readonly here: number; readonly of: number }
}

/** Longer than any TOTP secret that stands alone, characters. */
const MAX_SECRET = 1_000
/** How many reasons a person would read. */
const MAX_REASONS = 3

/**
 * The TOTP secrets in a text: `otpauth://` and `otpauth-migration://` addresses, one a line, or nothing but a secret.
 * Null when there is none of these.
 * @throws InputError when none of the addresses can be used
 */
export function readSecrets(text: string): FoundSecrets | null {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim())
  const addresses = lines.filter((line) => /^otpauth(-migration)?:/i.test(line))
  if (addresses.length > 0) return readAddresses([...new Set(addresses)])
  const secret = readBareSecret(text.trim())
  if (secret === null) return null
  return {
    kind: 'secrets',
    secrets: [{ issuer: '', label: '', secret }],
    leftOut: [],
    parts: { here: 1, of: 1 },
  }
}

function readBareSecret(text: string): Secret | null {
  if (text.length > MAX_SECRET) return null
  try {
    return new Secret(normaliseTotpSecret(text))
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

function readAddresses(addresses: readonly string[]): FoundSecrets {
  const read = addresses.map((address, index) => {
    try {
      return readAddress(address)
    } catch (error) {
      // One that can't be used is no reason to refuse the others.
      if (addresses.length === 1 || !(error instanceof InputError)) throw error
      const why = Object.values(error.errors).join('; ')
      return { secrets: [], leftOut: [{ name: `address ${index + 1}`, why }], parts: [] }
    }
  })
  const secrets = withoutTwins(read.flatMap((one) => one.secrets))
  const leftOut = read.flatMap((one) => one.leftOut)
  if (secrets.length === 0) throw nothingToUse(leftOut)
  const parts = read.flatMap((one) => one.parts)
  const here = new Set(parts.map(({ number }) => number)).size
  return {
    kind: 'secrets',
    secrets,
    leftOut,
    parts: { here: Math.max(1, here), of: Math.max(1, ...parts.map(({ of }) => of)) },
  }
}

function readAddress(address: string) {
  if (!/^otpauth-migration:/i.test(address)) {
    return { secrets: [parseOtpauth(address)], leftOut: [], parts: [] }
  }
  const { secrets, leftOut, part } = parseMigration(address)
  return { secrets, leftOut, parts: [part] }
}

function withoutTwins(secrets: readonly FoundSecret[]): FoundSecret[] {
  const byContent = new Map(secrets.map((found) => [`${nameOf(found)}\n${found.secret.reveal()}`, found]))
  return [...byContent.values()]
}

function nothingToUse(leftOut: readonly LeftOut[]): InputError {
  const reasons = leftOut.slice(0, MAX_REASONS).map(({ name, why }) => `“${name}” ${why}`)
  const more = leftOut.length > MAX_REASONS ? '; and so on' : ''
  return new InputError({
    import: `found no TOTP secret that can be used here: ${reasons.join('; ')}${more}`,
  })
}
