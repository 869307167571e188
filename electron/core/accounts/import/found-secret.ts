import { cleanWords } from '../../brokers/kit/clean-text.ts'
import { Secret } from '../../secret.ts'
import { normaliseTotpSecret, standardTotp } from '../../totp/code.ts'

/** A TOTP secret from an authenticator app's export or a broker; its codes are `standardTotp`. */
export interface FoundSecret {
  /** The issuer, such as "Zerodha"; empty when unknown. */
  readonly issuer: string
  /** The account at the issuer, such as "AB1234"; empty when unknown. */
  readonly label: string
  /** Base32 in the form of `normaliseTotpSecret`. */
  readonly secret: Secret
}

/** An entry that can't be used. */
export interface LeftOut {
  /** Empty when unknown. */
  readonly name: string
  /** The reason, as the end of a sentence that begins with the name. */
  readonly why: string
}

/** Returns the name of a secret as authenticator apps show it: "Zerodha: AB1234". */
export function nameOf({ issuer, label }: Pick<FoundSecret, 'issuer' | 'label'>): string {
  return [issuer, label].filter((part) => part !== '').join(': ') || 'without a name'
}

/** The longest name on a screen, characters. */
const MAX_LENGTH = 100

/**
 * Returns the cleaned issuer and label of an entry, whose label may begin with the issuer and a colon
 * (https://github.com/google/google-authenticator/wiki/Key-Uri-Format#label).
 */
export function readName(label: string, issuer: string): Pick<FoundSecret, 'issuer' | 'label'> {
  const colon = label.indexOf(':')
  const before = colon === -1 ? '' : label.slice(0, colon).trim()
  const named = issuer.trim() === '' ? before : issuer.trim()
  // Some apps write the colon without an issuer before it.
  const isPrefix = colon !== -1 && (before === '' || before === named)
  return { issuer: cleaned(named), label: cleaned(isPrefix ? label.slice(colon + 1) : label) }
}

function cleaned(text: string): string {
  const clean = cleanWords(text, [])
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean
}

/** An entry of an authenticator app; a missing or empty value means the standard. */
export interface Entry {
  readonly label: string
  readonly issuer: string
  readonly secret: string
  readonly algorithm?: string | undefined
  readonly digits?: string | number | undefined
  /** Seconds. */
  readonly period?: string | number | undefined
}

/** Returns the TOTP secret of an entry, or why it can't be used, without repeating any of the secret. */
export function readEntry(entry: Entry): FoundSecret | LeftOut {
  const named = readName(entry.label, entry.issuer)
  const name = named.issuer + named.label === '' ? '' : nameOf(named)
  if (!isStandard(entry)) return { name, why: NOT_STANDARD }
  try {
    return { ...named, secret: new Secret(normaliseTotpSecret(entry.secret)) }
  } catch (error) {
    if (error instanceof TypeError) return { name, why: `has a secret that ${error.message}` }
    throw error
  }
}

function isStandard({ algorithm = '', digits = '', period = '' }: Entry): boolean {
  const { digits: usual, periodMs } = standardTotp
  return (
    /^(?:(?:HMAC-?)?SHA-?1)?$/i.test(algorithm) &&
    (digits === '' || Number(digits) === usual) &&
    (period === '' || Number(period) === periodMs / 1000)
  )
}

/** Ends of sentences about entries whose codes are not `standardTotp`, which all brokers use. */
export const NOT_STANDARD = 'makes other codes than brokers take: 6 digits, new every 30 seconds, by SHA-1'
export const NOT_TIME_BASED = 'makes codes by counting (HOTP); brokers take those made by the clock (TOTP)'
