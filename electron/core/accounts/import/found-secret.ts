import { cleanWords } from '../../brokers/kit/clean-text.ts'
import { Secret } from '../../secret.ts'
import { normaliseTotpSecret, standardTotp } from '../../totp/code.ts'

/** A TOTP secret that was found in something an authenticator app or a broker gave; its codes are `standardTotp`. */
export interface FoundSecret {
  /** Whose codes they are, such as "Zerodha"; empty when it is not said. */
  readonly issuer: string
  /** Which account there, such as "AB1234"; empty when it is not said. */
  readonly label: string
  /** Base32 as `normaliseTotpSecret` gives it. */
  readonly secret: Secret
}

/** What was found, but can't be used here. */
export interface LeftOut {
  /** Empty when it is not said. */
  readonly name: string
  /** The end of a sentence that begins with the name. */
  readonly why: string
}

/** A found secret's name as authenticator apps show it: "Zerodha: AB1234". */
export function nameOf({ issuer, label }: Pick<FoundSecret, 'issuer' | 'label'>): string {
  return [issuer, label].filter((part) => part !== '').join(': ') || 'without a name'
}

/** Longer names are no use on a screen. */
const MAX_LENGTH = 100

/**
 * Issuer and label, fit to show, from what an entry has: the label may begin with the issuer and a colon
 * (https://github.com/google/google-authenticator/wiki/Key-Uri-Format#label).
 */
export function readName(label: string, issuer: string): Pick<FoundSecret, 'issuer' | 'label'> {
  const colon = label.indexOf(':')
  const before = colon === -1 ? '' : label.slice(0, colon).trim()
  const named = issuer.trim() === '' ? before : issuer.trim()
  // Some write the colon without an issuer before it.
  const isPrefix = colon !== -1 && (before === '' || before === named)
  return { issuer: fitToShow(named), label: fitToShow(isPrefix ? label.slice(colon + 1) : label) }
}

function fitToShow(text: string): string {
  const clean = cleanWords(text, [])
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean
}

/** An account as authenticator apps write it down; what is left out or empty is as usual. */
export interface Entry {
  readonly label: string
  readonly issuer: string
  readonly secret: string
  readonly algorithm?: string | undefined
  readonly digits?: string | number | undefined
  /** Seconds. */
  readonly period?: string | number | undefined
}

/** The TOTP secret of an entry, or why it can't be used; this repeats nothing of the secret. */
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

/** Ends of sentences about entries that brokers' codes can't come from: those are `standardTotp`. */
export const NOT_STANDARD = 'makes other codes than brokers take: 6 digits, new every 30 seconds, by SHA-1'
export const NOT_TIME_BASED = 'makes codes by counting (HOTP); brokers take those made by the clock (TOTP)'
