import { InputError } from '../../errors.ts'
import { readAddresses, type ReadAddress } from './addresses.ts'
import { readBareSecrets } from './bare-secrets.ts'
import { readCsvExport } from './csv-export.ts'
import { nameOf, type FoundSecret, type LeftOut } from './found-secret.ts'
import { readJsonExport } from './json-export.ts'

/** The TOTP secrets from an authenticator app or a broker's page. */
export interface FoundSecrets {
  readonly kind: 'secrets'
  /** At least one secret, without duplicates. */
  readonly secrets: readonly FoundSecret[]
  readonly leftOut: readonly LeftOut[]
  /** The number of QR codes in the export, and how many of them are here; 1 without QR codes. */
  readonly parts: { readonly here: number; readonly of: number }
}

/** The most reasons in a message. */
const MAX_REASONS = 3

/**
 * Returns the TOTP secrets in a text: a JSON or CSV export, `otpauth://` and `otpauth-migration://` addresses anywhere,
 * or only secrets. Null for any other text.
 * @throws InputError when no entry can be used
 */
export function readSecrets(text: string): FoundSecrets | null {
  const entries = readJsonExport(text) ?? readCsvExport(text) ?? []
  if (entries.length > 0) return merged(entries, 'entry')
  const addresses = readAddresses(text)
  const [only] = addresses
  if (addresses.length === 1 && only?.error !== undefined) throw only.error
  if (addresses.length > 0) return merged(addresses, 'address')
  const secrets = readBareSecrets(text)
  return (
    secrets && {
      kind: 'secrets',
      secrets: withoutDuplicates(secrets),
      leftOut: [],
      parts: { here: 1, of: 1 },
    }
  )
}

/**
 * Merges the content of several entries.
 * @param kind the name of an entry without a name, to which its number is added
 */
function merged(read: readonly ReadAddress[], kind: string): FoundSecrets {
  const secrets = withoutDuplicates(read.flatMap(({ secrets: found }) => found))
  const leftOut = read.flatMap((entry, index) =>
    entry.leftOut.map(({ name, why }) => ({ name: name || `${kind} ${index + 1}`, why })),
  )
  if (secrets.length === 0) throw noUsableSecret(leftOut)
  const parts = read.flatMap(({ part }) => part ?? [])
  const here = new Set(parts.map(({ number }) => number)).size
  return {
    kind: 'secrets',
    secrets,
    leftOut,
    parts: { here: Math.max(1, here), of: Math.max(1, ...parts.map(({ of }) => of)) },
  }
}

function withoutDuplicates(secrets: readonly FoundSecret[]): FoundSecret[] {
  const byContent = new Map(secrets.map((found) => [`${nameOf(found)}\n${found.secret.reveal()}`, found]))
  return [...byContent.values()]
}

function noUsableSecret(leftOut: readonly LeftOut[]): InputError {
  const reasons = leftOut.slice(0, MAX_REASONS).map(({ name, why }) => `“${name}” ${why}`)
  const more = leftOut.length > MAX_REASONS ? '; and so on' : ''
  return new InputError({
    import: `found no TOTP secret that can be used here: ${reasons.join('; ')}${more}`,
  })
}
