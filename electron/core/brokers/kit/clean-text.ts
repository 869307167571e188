import type { Secret } from '../../secret.ts'

const MAX_LENGTH = 500

/**
 * A broker's message made fit to show and to keep: without control characters, cut to a length that a person
 * would read, and without any secret that the broker may have sent back in it.
 */
export function cleanWords(words: string, secrets: Iterable<Secret>): string {
  const revealed = [...secrets].map((secret) => secret.reveal())
  // No spelling is shorter than the value, so that longer ones than the words can't be in them.
  const values = revealed.filter((value) => value !== '' && value.length <= words.length)
  // The longest first: one secret may be a part of another.
  values.sort((a, b) => b.length - a.length)
  const plain = values.reduce(withoutValue, words)
  const control = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+/g
  const clean = plain.replace(control, ' ').trim()
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean
}

const entities: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
}

/** The text without a value, in whatever mixture of spellings. */
function withoutValue(text: string, value: string): string {
  const folded = fold(text)
  const characters = Array.from(value, spellingsOf)
  let rest = ''
  let at = 0
  while (at < text.length) {
    const end = endOfMatch(folded, at, characters)
    rest += end === null ? text.charAt(at) : '[secret]'
    at = end ?? at + 1
  }
  return rest
}

/**
 * Where the characters that begin at `start` end at the latest; null when they are not there. All readings are
 * followed side by side: a pattern would try them one by one, and a row of backslashes, each of which may escape
 * the next, has more of them than there is time.
 */
function endOfMatch(text: string, start: number, characters: readonly (readonly string[])[]): number | null {
  let ends = new Set([start])
  for (const spellings of characters) {
    const next = new Set<number>()
    for (const end of ends) {
      for (const spelling of spellings) if (text.startsWith(spelling, end)) next.add(end + spelling.length)
    }
    if (next.size === 0) return null
    ends = next
  }
  return Math.max(...ends)
}

/** The text in small letters, as long as it was. */
const fold = (text: string): string =>
  text.replace(/[A-Z\u00c0-\uffff]/g, (unit) => {
    const small = unit.toLowerCase()
    return small.length === 1 ? small : unit
  })

/** How addresses, forms, JSON and HTML write a character. */
function spellingsOf(char: string): string[] {
  const code = char.codePointAt(0) ?? 0
  const percent = [...new TextEncoder().encode(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
  const units = Array.from({ length: char.length }, (_, index) => char.charCodeAt(index))
  const spellings = [
    char,
    percent.join(''),
    units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join(''),
    `\\${char}`,
    `&#${code};`,
    `&#x${code.toString(16)};`,
    ...(char === ' ' ? ['+'] : []),
    ...(entities[char] === undefined ? [] : [`&${entities[char]};`]),
  ]
  return spellings.map(fold)
}
