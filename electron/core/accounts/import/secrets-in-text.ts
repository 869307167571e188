import { InputError } from '../../errors.ts'
import { readAddresses, type ReadAddress } from './addresses.ts'
import { readBareSecrets } from './bare-secrets.ts'
import { readCsvExport } from './csv-export.ts'
import { nameOf, type FoundSecret, type LeftOut } from './found-secret.ts'
import { readJsonExport } from './json-export.ts'

/** TOTP secrets of an authenticator app or a broker's page. */
export interface FoundSecrets {
  readonly kind: 'secrets'
  /** At least one, each once. */
  readonly secrets: readonly FoundSecret[]
  readonly leftOut: readonly LeftOut[]
  /** How many QR codes the export is spread over, and how many of them are here; 1 where there is no such thing. */
  readonly parts: { readonly here: number; readonly of: number }
}

/** How many reasons a person would read. */
const MAX_REASONS = 3

/**
 * The TOTP secrets in a text: an export as JSON or CSV, `otpauth://` and `otpauth-migration://` addresses wherever they
 * stand, or nothing but secrets. Null when there is none of these.
 * @throws InputError when none of what is found can be used
 */
export function readSecrets(text: string): FoundSecrets | null {
  const entries = readJsonExport(text) ?? readCsvExport(text) ?? []
  if (entries.length > 0) return together(entries, 'entry')
  const addresses = readAddresses(text)
  const [only] = addresses
  if (addresses.length === 1 && only?.error !== undefined) throw only.error
  if (addresses.length > 0) return together(addresses, 'address')
  const secrets = readBareSecrets(text)
  return (
    secrets && { kind: 'secrets', secrets: withoutTwins(secrets), leftOut: [], parts: { here: 1, of: 1 } }
  )
}

/** @param kind what one without a name is called, with its number */
function together(read: readonly ReadAddress[], kind: string): FoundSecrets {
  const secrets = withoutTwins(read.flatMap((one) => one.secrets))
  const leftOut = read.flatMap((one, index) =>
    one.leftOut.map(({ name, why }) => ({ name: name || `${kind} ${index + 1}`, why })),
  )
  if (secrets.length === 0) throw nothingToUse(leftOut)
  const parts = read.flatMap(({ part }) => part ?? [])
  const here = new Set(parts.map(({ number }) => number)).size
  return {
    kind: 'secrets',
    secrets,
    leftOut,
    parts: { here: Math.max(1, here), of: Math.max(1, ...parts.map(({ of }) => of)) },
  }
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
