import * as z from 'zod/mini'
import { InputError } from '../../errors.ts'
import { readAddresses, type ReadAddress } from './addresses.ts'
import { secretAsItStands } from './bare-secrets.ts'
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
/** https://github.com/andOTP/andOTP/wiki; Raivo's has the second names. */
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
/** https://bitwarden.com/help/condition-bitwarden-import/; its Authenticator's is the same. */
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
 * What each entry of an authenticator app's or password manager's export gives. Null for another text.
 * @throws InputError for `import` when it is encrypted
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

/** What a password manager's field for TOTP gives: addresses or a secret alone, which then has its item's name. */
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

/** Names under which other programs keep a TOTP secret alone. */
const TOTP_NAME = /^(?:totp|otp|totp_?uri|otp_?auth|totp_?secret)$/i

/** Addresses in any of the values, and what is a secret as it stands under a name of one; in their order. */
function anywhereIn(json: unknown): ReadAddress[] {
  const all: ReadAddress[] = []
  const waiting: { readonly name: string; readonly value: unknown }[] = [{ name: '', value: json }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, value } = next
    if (typeof value === 'string') {
      const addresses = readAddresses(value)
      all.push(...addresses)
      const isSecret = addresses.length === 0 && TOTP_NAME.test(name) && secretAsItStands(value) !== null
      if (isSecret) all.push(found(readEntry({ label: '', issuer: '', secret: value })))
    } else if (typeof value === 'object' && value !== null) {
      const inside: [string, unknown][] = Object.entries(value)
      for (const [key, one] of inside.reverse()) waiting.push({ name: key, value: one })
    }
  }
  return all
}
