/** The parameters of a broker's codes. Every known broker uses `standardTotp`. */
export interface TotpParameters {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512'
  readonly digits: 6 | 8
  readonly periodMs: number
}

export const standardTotp: TotpParameters = { algorithm: 'sha1', digits: 6, periodMs: 30_000 }

// Authenticator apps accept 80-bit secrets, which otplib refuses by default.
export const MIN_SECRET_BYTES = 10

/** HMAC takes keys of any length (RFC 2104), but no broker's secret is this long. */
export const MAX_SECRET_BYTES = 256

/**
 * Normalises a typed TOTP secret to plain base32: upper case, without spaces, dashes, invisible characters or padding.
 * Never drops other characters, so that no wrong secret passes.
 * @throws TypeError with the end of a sentence for the user when the text can't be a TOTP secret
 */
export function normaliseTotpSecret(typed: string): string {
  const visible = typed.replace(INVISIBLE, '').trim()
  const letters = visible.replace(/[\s=]+$/, '').replace(SEPARATORS, '')
  if (letters === '') throw new TypeError('is empty')
  if (/^\d{6,8}$/.test(letters))
    throw new TypeError('looks like a code; the secret behind the codes is needed')
  const invalid = /[^A-Za-z2-7]/u.exec(letters)?.[0]
  if (invalid !== undefined)
    throw new TypeError(`can’t contain ${printable(invalid)}: only letters and the digits 2 to 7`)
  if (areWords(visible))
    throw new TypeError('is made of words; copy the secret itself, without what is around it')
  const secret = letters.toUpperCase()
  const spareBits = (secret.length * LETTER_BITS) % 8
  if (spareBits >= LETTER_BITS) throw new TypeError('is cut short or mistyped')
  const exact = withoutBits(secret, spareBits)
  const length = Math.floor((exact.length * LETTER_BITS) / 8)
  if (length < MIN_SECRET_BYTES) throw new TypeError('is too short; it has at least 16 characters')
  if (length > MAX_SECRET_BYTES) throw new TypeError(`is longer than ${MAX_SECRET_BYTES} bytes, as none is`)
  return exact
}

/** Format characters, such as a soft hyphen or U+200B. */
const INVISIBLE = /\p{Cf}/gu
const SEPARATORS = /[\s\p{Pd}]+/gu

/**
 * Returns whether groups of letters are words. Groups of a secret have the same length, except a shorter last group.
 * Words have no digits.
 */
function areWords(text: string): boolean {
  const [first = '', ...more] = text.split(SEPARATORS)
  if (more.length === 0 || /[2-7]/.test(text)) return false
  const isRegular = more.every(
    ({ length }, index) => length === first.length || (index === more.length - 1 && length < first.length),
  )
  return !isRegular || text === text.toLowerCase()
}

function printable(character: string): string {
  if (!/\p{C}/u.test(character)) return `“${character}”`
  const number = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0') ?? ''
  return `the invisible character U+${number}`
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const LETTER_BITS = 5

/**
 * Clears the last bits of a secret's last letter. Authenticator apps ignore the bits past the last whole byte, but RFC
 * 4648 §3.5 lets decoders refuse them, as otplib's does.
 */
function withoutBits(secret: string, bits: number): string {
  const last = ALPHABET.indexOf(secret.slice(-1))
  return secret.slice(0, -1) + ALPHABET.charAt((last >> bits) << bits)
}

/** Returns the number of the time window of `time` (epoch ms), RFC 6238 §4.2. */
export function totpWindow(time: number, { periodMs }: TotpParameters = standardTotp): number {
  return Math.floor(time / periodMs)
}
