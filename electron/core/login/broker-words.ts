import type { Secret } from '../secret.ts'

const MAX_LENGTH = 500
/** Longer secrets are looked for in pieces, characters: there is an end to how large a pattern may be. */
const MAX_PIECE = 1_000

/**
 * A broker's message made fit to show and to keep: without control characters, cut to a length that a person
 * would read, and without any secret that the broker may have sent back in it.
 */
export function cleanWords(words: string, secrets: Iterable<Secret>): string {
  const revealed = [...secrets].map((secret) => secret.reveal())
  // No spelling is shorter than the value, so that longer ones than the words can't be in them.
  const values = revealed.filter((value) => value !== '' && value.length <= words.length).flatMap(piecesOf)
  // The longest first: one secret may be a part of another.
  values.sort((a, b) => b.length - a.length)
  const plain = values.reduce((text, value) => text.replace(anySpelling(value), '[secret]'), words)
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

/** The value in pieces of about the same length, none so short that it could be a word of its own. */
function piecesOf(value: string): string[] {
  const characters = Array.from(value)
  const count = Math.ceil(characters.length / MAX_PIECE)
  const size = Math.ceil(characters.length / count)
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  ).filter((piece) => piece !== '')
}

/** Matches a value as it is, and as addresses, forms, JSON and HTML write it, in any mixture. */
function anySpelling(value: string): RegExp {
  return new RegExp(Array.from(value, spellingsOf).join(''), 'gi')
}

function spellingsOf(char: string): string {
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
  return `(?:${spellings.map((spelling) => escape(spelling)).join('|')})`
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
