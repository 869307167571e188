import { harmless } from '../../harmless.ts'
import type { Secret } from '../../secret.ts'

const MAX_LENGTH = 500

/**
 * Cleans a broker's message for display and storage: removes control and invisible characters, cuts it to a readable length and
 * replaces every secret that the broker may have echoed.
 */
export function cleanWords(words: string, secrets: Iterable<Secret>): string {
  const revealed = [...secrets].map((secret) => secret.reveal())
  // No spelling is shorter than the value, so a value longer than the words can't occur in them.
  const values = revealed.filter((value) => value !== '' && value.length <= words.length)
  // The longest value first, because one secret may be part of another.
  values.sort((a, b) => b.length - a.length)
  const plain = values.reduce(withoutValue, words)
  const clean = harmless(plain).trim()
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean
}

const entities: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
}

/** Replaces a value in any mixture of spellings. */
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
 * Returns the furthest end of the characters that begin at `start`; null when they do not match. All readings advance
 * in parallel, because a regular expression would backtrack exponentially over a row of backslashes.
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

/** Lower-cases a text without changing its length. */
const fold = (text: string): string =>
  text.replace(/[A-Z\u00c0-\uffff]/g, (unit) => {
    const small = unit.toLowerCase()
    return small.length === 1 ? small : unit
  })

/** Returns the spellings of a character in URLs, forms, JSON and HTML. */
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
