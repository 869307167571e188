import { InputError } from '../../errors.ts'
import { nameOf, type FoundSecret, type LeftOut } from './found-secret.ts'
import { parseMigration } from './migration.ts'
import { readOtpauth } from './otpauth.ts'

/** What one address gives. */
export interface ReadAddress {
  readonly secrets: readonly FoundSecret[]
  readonly leftOut: readonly LeftOut[]
  /** Which of an export's QR codes it is, counted from 1. */
  readonly part?: { readonly number: number; readonly of: number }
  /** Why nothing of it can be used, where that is about the address itself. */
  readonly error?: InputError
}

/** Reads one address of either kind. */
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

/** What each address in a text gives, wherever it stands, in their order. */
export function readAddresses(text: string): ReadAddress[] {
  const plain = unescaped(text)
  const found = new Map<string, ReadAddress>()
  let end = 0
  for (const { index } of plain.matchAll(/otpauth(?:-migration)?:\/\//gi)) {
    // One that stands inside another, such as in its label.
    if (index < end) continue
    const place = quotedAt(plain, index) ?? bareAt(plain, index)
    end = place.end
    const key = place.ways.join('\n')
    if (!found.has(key)) found.set(key, readOneOf(place.ways))
  }
  return [...found.values()]
}

interface Place {
  /** What the address may be: several where it can't be told whether what follows still belongs to it. */
  readonly ways: readonly [string, ...string[]]
  /** Where to look for the next. */
  readonly end: number
}

/** Undoes what programs do to an address in JSON, a link or a mail. */
function unescaped(text: string): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/otpauth(?:-migration)?%3A%2F%2F[^\s"'<>&]*/gi, withoutPercents)
    .replace(/(otpauth(?:-migration)?:)\\\/\\\/[^\s"]*/gi, (address) => address.replaceAll('\\/', '/'))
    .replaceAll('\\u0026', '&')
  // Quoted-printable (RFC 2045 §6.7): each = of the address is written =3D, or ends a line that goes on.
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
/** An export of ten accounts is shorter, characters. */
const MAX_QUOTED = 20_000

/** An address in quotes reaches to the closing one, also over line ends. */
function quotedAt(text: string, start: number): Place | null {
  const closing = QUOTES[text.charAt(start - 1)]
  if (closing === undefined) return null
  const rest = text.slice(start, start + MAX_QUOTED)
  const length = rest.indexOf(closing)
  const address = rest.slice(0, length)
  if (length === -1 || /\n\s*\n|otpauth/i.test(address.slice(1))) return null
  const lines = address.split('\n').map((line) => line.trim().replace(/^[\s>|]+/, ''))
  return { ways: [lines.join('')], end: start + length }
}

const HEAD = /[^\n?"<>]{0,1000}\?[^\s"<>,]*|[^\s"<>,]*/y
/** To the next word, and not over an empty line; of a mail that is quoted, its lines begin with such signs. */
const GAP = /[^\S\n]*(\n[^\S\n]*[>|]*[^\S\n]*)?/y
const WORD = /[^\s"<>,]+/y
/** More lines than an export of ten accounts is folded into. */
const MAX_WORDS = 200

/** An address without quotes reaches to the end of a word. It may go on behind a line end or a space. */
function bareAt(text: string, start: number): Place {
  let address = take(HEAD, text, start)
  let end = start + address.length
  const shorter: string[] = []
  const group = lastSecret(address)?.length ?? 0
  for (let count = 0; count < MAX_WORDS; count++) {
    const gap = take(GAP, text, end)
    const word = take(WORD, text, end + gap.length)
    if (gap === '' || word === '' || /otpauth/i.test(word)) break
    const more = howItGoesOn(address, word, group)
    if (more === 'no') break
    // With nothing but what follows is it whole.
    if (more === 'maybe') shorter.push(address)
    else shorter.length = 0
    address += address.includes('?') ? word : `${gap.includes('\n') ? '' : ' '}${word}`
    end += gap.length + word.length
  }
  const [first = address, ...longer] = [...shorter, address].map(withoutPunctuation)
  return { ways: [first, ...longer], end }
}

const withoutPunctuation = (address: string): string => address.replace(/[.;:!)\]}'’”]{1,3}$/, '')

function take(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** Letters of a secret in one case, and what pads or groups it. */
const ofSecret = /^(?:[A-Z2-7-]+|[a-z2-7-]+)=*$/
/** The longest groups in which secrets are printed, letters. */
const MAX_GROUP = 8
/** The shortest secret, letters. */
const MIN_SECRET = 16

/** The secret at the end of an address, if it ends in one. */
const lastSecret = (address: string): string | undefined => /[?&]secret=([^&]*)$/i.exec(address)?.[1]

/**
 * Whether an address surely goes on with the word behind it.
 * @param group how long its secret was up to the first space or line end, letters
 */
function howItGoesOn(address: string, word: string, group: number): 'yes' | 'maybe' | 'no' {
  if (/^otpauth-migration:/i.test(address)) return /^[\w+/%=&-]+$/.test(word) ? 'maybe' : 'no'
  if (!address.includes('?')) return 'yes'
  if (/[?&=%-]$/.test(address) || /^[?&=%]|&\w+=/.test(word)) return 'yes'
  const secret = lastSecret(address)
  if (secret === undefined || !ofSecret.test(secret + word)) return 'no'
  const isInGroups = group <= MAX_GROUP && word.length <= group
  return isInGroups || secret.length < MIN_SECRET ? 'yes' : 'maybe'
}

/** Reads an address that can be used in one way; what can be used in two is not guessed at. */
function readOneOf(ways: readonly [string, ...string[]]): ReadAddress {
  const [shortest, ...longer] = ways
  const alone = readAddress(shortest)
  const [first = alone, ...others] = [alone, ...longer.map(readAddress)].filter(
    ({ error }) => error === undefined,
  )
  if (others.every((other) => contentOf(other) === contentOf(first))) return first
  const input = /^otpauth-/i.test(shortest) ? 'otpauth-migration' : 'otpauth'
  return failed(first.secrets.map(nameOf).join(', '), new InputError({ [input]: UNCLEAR }))
}

const UNCLEAR =
  'is followed by letters that may belong to it or not; put it on one line, and an empty line behind it'

const contentOf = ({ secrets }: ReadAddress): string =>
  secrets.map(({ secret }) => secret.reveal()).join('\n')
