import { createGuardrails, generateSync, ScureBase32Plugin } from 'otplib'
import type { Secret } from '../secret.ts'

/** How a broker's codes are made. Every broker seen so far uses `standardTotp`. */
export interface TotpParameters {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512'
  readonly digits: 6 | 8
  readonly periodMs: number
}

export const standardTotp: TotpParameters = { algorithm: 'sha1', digits: 6, periodMs: 30_000 }

// Authenticator apps have always taken 80-bit secrets; otplib's own default would refuse them.
const MIN_SECRET_BYTES = 10
/** HMAC takes keys of any length (RFC 2104); no broker's secret is nearly as long. */
const MAX_SECRET_BYTES = 256
const guardrails = createGuardrails({ MIN_SECRET_BYTES, MAX_SECRET_BYTES })
const base32 = new ScureBase32Plugin()

/**
 * A TOTP secret as brokers print it and people copy it, brought to plain base32: upper case, no spaces, dashes,
 * invisible characters or padding. What is no secret as it stands is not made one by leaving something out.
 * @throws TypeError with a sentence for the user when it can't be a TOTP secret.
 */
export function normaliseTotpSecret(typed: string): string {
  const visible = typed.replace(INVISIBLE, '').trim()
  const letters = visible.replace(/[\s=]+$/, '').replace(SEPARATORS, '')
  if (letters === '') throw new TypeError('is empty')
  if (/^\d{6,8}$/.test(letters))
    throw new TypeError('looks like a code; the secret behind the codes is needed')
  const stranger = /[^A-Za-z2-7]/u.exec(letters)?.[0]
  if (stranger !== undefined)
    throw new TypeError(`can’t contain ${shown(stranger)}: only letters and the digits 2 to 7`)
  if (areWords(visible))
    throw new TypeError('is made of words; copy the secret itself, without what is around it')
  const secret = letters.toUpperCase()
  const spareBits = (secret.length * LETTER_BITS) % 8
  if (spareBits >= LETTER_BITS) throw new TypeError('is cut short or mistyped')
  const exact = withoutBits(secret, spareBits)
  const { length } = base32.decode(exact)
  if (length < MIN_SECRET_BYTES) throw new TypeError('is too short; it has at least 16 characters')
  if (length > MAX_SECRET_BYTES) throw new TypeError(`is longer than ${MAX_SECRET_BYTES} bytes, as none is`)
  return exact
}

/** Characters that only control how others are shown, such as a soft hyphen or U+200B. */
const INVISIBLE = /\p{Cf}/gu
const SEPARATORS = /[\s\p{Pd}]+/gu

/**
 * Whether letters that stand in groups are words: groups of a secret have one length, the last at most that, and words
 * have no digits in them.
 */
function areWords(text: string): boolean {
  const [first = '', ...more] = text.split(SEPARATORS)
  if (more.length === 0 || /[2-7]/.test(text)) return false
  const isRegular = more.every(
    ({ length }, index) => length === first.length || (index === more.length - 1 && length < first.length),
  )
  return !isRegular || text === text.toLowerCase()
}

function shown(character: string): string {
  if (!/\p{C}/u.test(character)) return `“${character}”`
  const number = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''
  return `the invisible character U+${number}`
}

/**
 * A TOTP secret that is at hand as bytes, in the same form.
 * @throws TypeError like `normaliseTotpSecret`
 */
export function totpSecretOfBytes(bytes: Uint8Array): string {
  return normaliseTotpSecret(base32.encode(bytes))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const LETTER_BITS = 5

/**
 * The secret with the last bits of its last letter cleared. Where they are past the last whole byte, authenticator
 * apps ignore them; RFC 4648 §3.5 lets decoders refuse them, and otplib's does.
 */
function withoutBits(secret: string, bits: number): string {
  const last = ALPHABET.indexOf(secret.slice(-1))
  return secret.slice(0, -1) + ALPHABET.charAt((last >> bits) << bits)
}

/** The number of the time window that holds `time` (epoch ms), RFC 6238 §4.2. */
export function totpWindow(time: number, { periodMs }: TotpParameters = standardTotp): number {
  return Math.floor(time / periodMs)
}

/** The code of a time window (RFC 6238). `secret` holds base32 as `normaliseTotpSecret` gives it. */
export function totpCode(secret: Secret, window: number, parameters: TotpParameters = standardTotp): string {
  const period = parameters.periodMs / 1000
  return generateSync({
    secret: secret.reveal(),
    algorithm: parameters.algorithm,
    digits: parameters.digits,
    period,
    epoch: window * period,
    guardrails,
  })
}
