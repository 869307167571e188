import { InputError } from '../../errors.ts'
import { nameOf, type FoundSecret, type LeftOut } from './found-secret.ts'
import { parseMigration } from './migration.ts'
import { readOtpauth } from './otpauth.ts'

/** The content of an address. */
export interface ReadAddress {
  readonly secrets: readonly FoundSecret[]
  readonly leftOut: readonly LeftOut[]
  /** The number of this QR code in an export, counted from 1. */
  readonly part?: { readonly number: number; readonly of: number }
  /** The fault of an unusable address. */
  readonly error?: InputError
}

/** Reads an address of either kind. */
export function readAddress(address: string): ReadAddress {
  if (/^otpauth-migration:/i.test(address)) {
    try {
      return parseMigration(address)
    } catch (error) {
      if (error instanceof InputError) return failed('', error)
      throw error
    }
  }
  const found = readOtpauth(address)
  if ('why' in found) return failed(found.name, new InputError({ otpauth: found.why }))
  return { secrets: [found], leftOut: [] }
}

const failed = (name: string, error: InputError): ReadAddress => ({
  secrets: [],
  leftOut: [{ name, why: Object.values(error.errors).join('; ') }],
  error,
})

/** Returns the content of every address in a text, in text order. */
export function readAddresses(text: string): ReadAddress[] {
  const plain = unescaped(text)
  const found = new Map<string, ReadAddress>()
  let end = 0
  for (const { index } of plain.matchAll(/otpauth(?:-migration)?:\/\//gi)) {
    // Skips an address inside another address, such as in its label.
    if (index < end) continue
    const place = quotedAt(plain, index) ?? bareAt(plain, index)
    end = place.end
    const key = place.candidates.join('\n')
    if (!found.has(key)) found.set(key, readOnlyUsable(place.candidates))
  }
  return [...found.values()]
}

interface Place {
  /** The possible addresses: several when the following text may belong to the address. */
  readonly candidates: readonly [string, ...string[]]
  /** Where the search for the next address continues. */
  readonly end: number
}

/** Decodes addresses that JSON, a link or a mail has escaped. */
function unescaped(text: string): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/otpauth(?:-migration)?%3A%2F%2F[^\s"'<>&]*/gi, withoutPercents)
    .replace(/(otpauth(?:-migration)?:)\\\/\\\/[^\s"]*/gi, (address) => address.replaceAll('\\/', '/'))
    .replaceAll('\\u0026', '&')
  // Quoted-printable (RFC 2045 §6.7) writes `=` as `=3D`, and ends a folded line with `=`.
  return /otpauth:\/\/[^\s=]{1,1000}=3D[^\s=]{0,1000}=(?:3D|\n)/i.test(plain)
    ? plain.replace(/=\n/g, '').replace(/=3D/gi, '=')
    : plain
}

function withoutPercents(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '‘': '’' }

/** The longest quoted address, characters; an export of ten accounts is shorter. */
const MAX_QUOTED = 20_000

/** Finds an address in quotes, which ends at the closing quote, even across lines. */
function quotedAt(text: string, start: number): Place | null {
  const closing = QUOTES[text.charAt(start - 1)]
  if (closing === undefined) return null
  const rest = text.slice(start, start + MAX_QUOTED)
  const length = rest.indexOf(closing)
  const address = rest.slice(0, length)
  if (length === -1 || /\n\s*\n|otpauth/i.test(address.slice(1))) return null
  const lines = address.split('\n').map((line) => line.trim().replace(/^[\s>|]+/, ''))
  return { candidates: [lines.join('')], end: start + length }
}

const HEAD = /[^\n?"<>]{0,1000}\?[^\s"<>,]*|[^\s"<>,]*/y

/** The space before the next word, without an empty line; lines of a quoted mail begin with `>` or `|`. */
const GAP = /[^\S\n]*(\n[^\S\n]*[>|]*[^\S\n]*)?/y
const WORD = /[^\s"<>,]+/y

/** The most words of an address; a folded export of ten accounts has fewer lines. */
const MAX_WORDS = 200

/** Finds an address without quotes, which ends with a word but may continue after a line end or a space. */
function bareAt(text: string, start: number): Place {
  let address = take(HEAD, text, start)
  let end = start + address.length
  const shorter: string[] = []
  const group = lastSecret(address)?.length ?? 0
  for (let count = 0; count < MAX_WORDS; count++) {
    const gap = take(GAP, text, end)
    const word = take(WORD, text, end + gap.length)
    if (gap === '' || word === '' || /otpauth/i.test(word)) break
    const continues = continuationOf(address, word, group)
    if (continues === 'no') break
    // The address is only complete with this word.
    if (continues === 'maybe') shorter.push(address)
    else shorter.length = 0
    address += address.includes('?') ? word : `${gap.includes('\n') ? '' : ' '}${word}`
    end += gap.length + word.length
  }
  const [first = address, ...longer] = [...shorter, address].map(withoutPunctuation)
  return { candidates: [first, ...longer], end }
}

const withoutPunctuation = (address: string): string => address.replace(/[.;:!)\]}'’”]{1,3}$/, '')

function take(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** Base32 letters in one case, with padding and group separators. */
const ofSecret = /^(?:[A-Z2-7-]+|[a-z2-7-]+)=*$/

/** The longest group of a printed secret, letters. */
const MAX_GROUP = 8

/** The shortest secret, letters. */
const MIN_SECRET = 16

/** Returns the secret at the end of an address; undefined for none. */
const lastSecret = (address: string): string | undefined => /[?&]secret=([^&]*)$/i.exec(address)?.[1]

/**
 * Returns whether an address continues with the next word.
 * @param group the length of its secret up to the first space or line end, letters
 */
function continuationOf(address: string, word: string, group: number): 'yes' | 'maybe' | 'no' {
  if (/^otpauth-migration:/i.test(address)) return /^[\w+/%=&-]+$/.test(word) ? 'maybe' : 'no'
  if (!address.includes('?')) return 'yes'
  if (/[?&=%-]$/.test(address) || /^[?&=%]|&\w+=/.test(word)) return 'yes'
  const secret = lastSecret(address)
  if (secret === undefined || !ofSecret.test(secret + word)) return 'no'
  const isInGroups = group <= MAX_GROUP && word.length <= group
  return isInGroups || secret.length < MIN_SECRET ? 'yes' : 'maybe'
}

/** Reads the only usable candidate, or reports an error for several, because guessing could give a wrong secret. */
function readOnlyUsable(candidates: readonly [string, ...string[]]): ReadAddress {
  const [shortest, ...longer] = candidates
  const alone = readAddress(shortest)
  const [first = alone, ...others] = [alone, ...longer.map(readAddress)].filter(
    ({ error }) => error === undefined,
  )
  if (others.every((other) => contentOf(other) === contentOf(first))) return first
  const input = /^otpauth-/i.test(shortest) ? 'otpauth-migration' : 'otpauth'
  return failed(first.secrets.map(nameOf).join(', '), new InputError({ [input]: AMBIGUOUS }))
}

const AMBIGUOUS =
  'is followed by letters that may belong to it or not; put it on one line, and an empty line behind it'

const contentOf = ({ secrets }: ReadAddress): string =>
  secrets.map(({ secret }) => secret.reveal()).join('\n')
