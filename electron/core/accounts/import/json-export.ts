import * as z from 'zod/mini'
import { InputError } from '../../errors.ts'
import { readAddresses, type ReadAddress } from './addresses.ts'
import { exactSecret } from './bare-secrets.ts'
import { NOT_TIME_BASED, nameOf, readEntry, readName } from './found-secret.ts'

const text = z.optional(z.nullable(z.string()))
const number = z.optional(z.nullable(z.union([z.string(), z.number()])))

/** https://github.com/beemdevelopment/Aegis/blob/master/docs/vault.md */
const Aegis = z.object({ db: z.object({ entries: z.array(z.unknown()) }) })
const AegisEntry = z.object({
  type: text,
  name: text,
  issuer: text,
  info: z.object({ secret: z.string(), algo: text, digits: number, period: number }),
})

/** https://github.com/twofas/2fas-android, `parsers` */
const TwoFas = z.object({ services: z.array(z.unknown()) })
const TwoFasEntry = z.object({
  name: text,
  secret: z.string(),
  otp: z.optional(
    z.object({
      label: text,
      account: text,
      issuer: text,
      digits: number,
      period: number,
      algorithm: text,
      tokenType: text,
    }),
  ),
})

/** https://github.com/andOTP/andOTP/wiki; Raivo uses `account`, `kind` and `timer`. */
const AndOtp = z.array(z.unknown())
const AndOtpEntry = z.object({
  secret: z.string(),
  issuer: text,
  label: text,
  account: text,
  type: text,
  kind: text,
  algorithm: text,
  digits: number,
  period: number,
  timer: number,
})

/** https://bitwarden.com/help/condition-bitwarden-import/; Bitwarden Authenticator uses the same format. */
const Bitwarden = z.object({ items: z.array(z.unknown()) })
const BitwardenEntry = z.object({
  name: text,
  login: z.object({ username: text, totp: z.string() }),
})

interface JsonEntry {
  readonly type: string
  readonly label: string
  readonly issuer: string
  readonly secret: string
  readonly algorithm?: string | null | undefined
  readonly digits?: string | number | null | undefined
  readonly period?: string | number | null | undefined
}

/**
 * Returns the content of each entry in the export of an authenticator app or password manager; null for another text.
 * @throws InputError for `import` when the export is encrypted
 */
export function readJsonExport(file: string): ReadAddress[] | null {
  const json = parsed(file)
  if (json === undefined) return null
  const encrypted = encryptedBy(json)
  if (encrypted !== null) throw new InputError({ import: `can’t open ${encrypted}` })
  const found = entriesOf(json)
  return found.length > 0 ? found : null
}

function parsed(file: string): unknown {
  const start = file.trimStart()
  if (!start.startsWith('{') && !start.startsWith('[')) return undefined
  try {
    return JSON.parse(start)
  } catch {
    return undefined
  }
}

const has = (json: unknown, shape: z.ZodMiniType): boolean => shape.safeParse(json).success

function encryptedBy(json: unknown): string | null {
  if (has(json, z.object({ header: z.unknown(), db: z.string() })))
    return 'an encrypted export of Aegis; export again there (Import & Export, Export) without “Encrypt the vault”'
  if (has(json, z.object({ servicesEncrypted: z.string().check(z.minLength(1)) })))
    return 'an encrypted backup of 2FAS; export again there without a password'
  if (has(json, z.object({ encryptedData: z.string() })))
    return 'an encrypted export of Ente Auth; export again there (Data, Export codes) as plain text'
  if (has(json, z.object({ encrypted: z.literal(true) })))
    return 'an encrypted export, such as Bitwarden’s; export again there as “.json” or “.csv”, not encrypted'
  if (has(json, z.object({ salt: z.string(), content: z.string() })))
    return 'an encrypted export of Proton Authenticator; export again there without a password'
  return null
}

function entriesOf(json: unknown): ReadAddress[] {
  const aegis = Aegis.safeParse(json)
  if (aegis.success) return aegis.data.db.entries.map((entry) => read(entry, AegisEntry, fromAegis))
  const twoFas = TwoFas.safeParse(json)
  if (twoFas.success) return twoFas.data.services.map((entry) => read(entry, TwoFasEntry, fromTwoFas))
  const andOtp = AndOtp.safeParse(json)
  if (andOtp.success && andOtp.data.some((entry) => has(entry, AndOtpEntry))) {
    return andOtp.data.map((entry) => read(entry, AndOtpEntry, fromAndOtp))
  }
  const bitwarden = Bitwarden.safeParse(json)
  if (bitwarden.success) {
    return bitwarden.data.items.filter((item) => has(item, BitwardenEntry)).flatMap(fromBitwarden)
  }
  return anywhereIn(json)
}

const fromAegis = ({ type, name, issuer, info }: z.infer<typeof AegisEntry>): JsonEntry => ({
  ...info,
  type: type ?? '',
  label: name ?? '',
  issuer: issuer ?? '',
  algorithm: info.algo,
})

const fromTwoFas = ({ name, secret, otp }: z.infer<typeof TwoFasEntry>): JsonEntry => ({
  ...otp,
  type: otp?.tokenType ?? '',
  label: otp?.account ?? otp?.label ?? '',
  issuer: otp?.issuer ?? name ?? '',
  secret,
})

const fromAndOtp = (entry: z.infer<typeof AndOtpEntry>): JsonEntry => ({
  ...entry,
  type: entry.type ?? entry.kind ?? '',
  label: entry.label ?? entry.account ?? '',
  issuer: entry.issuer ?? '',
  period: entry.period ?? entry.timer,
})

function read<T>(entry: unknown, shape: z.ZodMiniType<T>, toEntry: (entry: T) => JsonEntry): ReadAddress {
  const { data } = shape.safeParse(entry)
  if (data === undefined) return leftOut('', 'is not as such an entry should be')
  const { type, label, issuer, secret, algorithm, digits, period } = toEntry(data)
  const name = nameOf(readName(label, issuer))
  if (/^hotp$/i.test(type)) return leftOut(name, NOT_TIME_BASED)
  if (!/^(?:totp)?$/i.test(type)) return leftOut(name, 'makes codes of another kind than brokers take (TOTP)')
  return found(
    readEntry({
      ...{ label, issuer, secret },
      ...{ algorithm: algorithm ?? '', digits: digits ?? '', period: period ?? '' },
    }),
  )
}

function fromBitwarden(item: unknown): ReadAddress[] {
  const { data } = BitwardenEntry.safeParse(item)
  return data === undefined
    ? []
    : readTotpCell(data.login.totp, { label: data.login.username ?? '', issuer: data.name ?? '' })
}

/** Reads the TOTP value of a password manager's item: addresses, or a secret that gets the item's name. */
export function readTotpCell(
  value: string,
  named: { readonly label: string; readonly issuer: string },
): ReadAddress[] {
  if (value.trim() === '') return []
  const addresses = readAddresses(value)
  if (addresses.length > 0) return addresses
  if (/^steam:/i.test(value))
    return [leftOut(nameOf(readName(named.label, named.issuer)), 'makes Steam’s codes')]
  return [found(readEntry({ ...named, secret: value }))]
}

const found = (entry: ReturnType<typeof readEntry>): ReadAddress =>
  'why' in entry ? { secrets: [], leftOut: [entry] } : { secrets: [entry], leftOut: [] }

const leftOut = (name: string, why: string): ReadAddress => ({ secrets: [], leftOut: [{ name, why }] })

/** The names under which other programs store a bare TOTP secret. */
const TOTP_NAME = /^(?:totp|otp|totp_?uri|otp_?auth|totp_?secret)$/i

/** Returns the addresses in all values, and the exact secrets under a `TOTP_NAME`, in order. */
function anywhereIn(json: unknown): ReadAddress[] {
  const all: ReadAddress[] = []
  const waiting: { readonly name: string; readonly value: unknown }[] = [{ name: '', value: json }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, value } = next
    if (typeof value === 'string') {
      const addresses = readAddresses(value)
      all.push(...addresses)
      const isSecret = addresses.length === 0 && TOTP_NAME.test(name) && exactSecret(value) !== null
      if (isSecret) all.push(found(readEntry({ label: '', issuer: '', secret: value })))
    } else if (typeof value === 'object' && value !== null) {
      const inside: [string, unknown][] = Object.entries(value)
      for (const [key, item] of inside.reverse()) waiting.push({ name: key, value: item })
    }
  }
  return all
}
