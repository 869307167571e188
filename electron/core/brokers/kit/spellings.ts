/** A character of a text, folded, and where its spelling ends. */
export interface Spelled {
  readonly char: number
  readonly end: number
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Returns a code point in lower case, where that is one character of the same length. */
export function folded(code: number): number {
  if (code < 0xc0) return code >= 0x41 && code <= 0x5a ? code + 0x20 : code
  const small = code > 0xffff ? '' : String.fromCharCode(code).toLowerCase()
  return small.length === 1 ? small.charCodeAt(0) : code
}

/** Returns every character that a place of a text may stand for: itself, or one of URLs, forms, JSON and HTML. */
export function spellingsAt(text: string, at: number): Spelled[] {
  const code = text.codePointAt(at)
  if (code === undefined) return []
  const itself = { char: folded(code), end: at + (code > 0xffff ? 2 : 1) }
  const others = otherSpellings(text, at, text.charAt(at))
  if (others.length === 0) return [itself]
  return [
    itself,
    ...others.map(({ char, length }) => ({ char: folded(char.codePointAt(0) ?? 0), end: at + length })),
  ]
}

interface Spelling {
  readonly char: string
  readonly length: number
}

function otherSpellings(text: string, at: number, mark: string): Spelling[] {
  if (mark === '+') return [{ char: ' ', length: 1 }]
  if (mark === '%') return percentEncoded(text.slice(at, at + 12))
  if (mark === '&') return htmlEncoded(text.slice(at, at + 12))
  return mark === '\\' ? escaped(text.slice(at, at + 12)) : []
}

/** The character behind a backslash, or the one whose number follows: two numbers where it takes a pair. */
function escaped(text: string): Spelling[] {
  const char = String.fromCodePoint(text.codePointAt(1) ?? 0)
  if (text.length < 2) return []
  const literal = { char, length: 1 + char.length }
  if (char !== 'u' && char !== 'U') return [literal]
  const [pair] = /^\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/i.exec(text) ?? []
  const [unit] = /^\\u[\da-f]{4}/i.exec(text) ?? []
  const coded = pair ?? unit
  if (coded === undefined) return [literal]
  const units = coded.slice(2).split(/\\u/i)
  const decoded = String.fromCharCode(...units.map((hex) => parseInt(hex, 16)))
  return [literal, { char: decoded, length: coded.length }]
}

function percentEncoded(text: string): Spelling[] {
  const [bytes = ''] = /^(?:%[\da-f]{2})+/i.exec(text) ?? []
  for (let length = 3; length <= bytes.length; length += 3) {
    const char = decoded(bytes.slice(0, length))
    if (char !== null) return [{ char, length }]
  }
  return []
}

function decoded(bytes: string): string | null {
  try {
    return decodeURIComponent(bytes)
  } catch {
    return null
  }
}

function htmlEncoded(text: string): Spelling[] {
  const [whole = '', decimal, hex, name = ''] =
    /^&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/i.exec(text) ?? []
  const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal)
  const char = code <= 0x10ffff ? String.fromCodePoint(code) : entities[name.toLowerCase()]
  return char === undefined ? [] : [{ char, length: whole.length }]
}
