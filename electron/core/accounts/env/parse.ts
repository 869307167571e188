/** The quotes around a value; `none` for a value that is the rest of its line. */
export type Quote = 'none' | 'single' | 'double'

/** An assignment of a `.env` file, before its references are expanded. */
export type Parsed = Place & (ParsedValue | Unreadable)

interface Place {
  readonly name: string
  /** 1-based. */
  readonly line: number
  /** The position of the value in the text, including its quotes. */
  readonly start: number
  readonly end: number
}

interface ParsedValue {
  readonly quote: Quote
  /** The value as written, without the quotes. */
  readonly raw: string
  /** The value with its escapes decoded. */
  readonly value: string
}

export interface Unreadable {
  /** The fault, as a sentence without its full stop. */
  readonly fault: string
}

// A name, then a quoted value, possibly of several lines, and the rest of its line; or else an unquoted value.
const assignment =
  /(?<![^\r\n])([^\S\r\n]*(?:export[^\S\r\n]+)?(?:'([^'\r\n]+)'|([^=#\s'][^=#\s]*))[^\S\r\n]*=[^\S\r\n]*)(?:('(?:\\[^]|[^'\\])*'|"(?:\\[^]|[^"\\])*")([^\r\n]*)|([^\r\n]*))/g

/**
 * Returns the assignments in a `.env` file, in file order, as python-dotenv 1.2 finds them, because the traders' own
 * scripts use it (https://github.com/theskumar/python-dotenv). Other lines are left out.
 */
export function parseDotenv(text: string): readonly Parsed[] {
  const found: Parsed[] = []
  let [line, counted] = [1, 0]
  for (const match of text.matchAll(assignment)) {
    const [, before = '', quotedName, plainName = '', quoted, trailing = '', rest = ''] = match
    line += lineEnds(text.slice(counted, match.index))
    counted = match.index
    const start = match.index + before.length
    const place = { name: quotedName ?? plainName, line, start }
    if (quoted === undefined) {
      const raw = withoutComment(rest, before)
      found.push({ ...place, end: start + raw.length, ...unquoted(raw) })
    } else found.push({ ...place, end: start + quoted.length, ...inQuotes(quoted, trailing) })
  }
  return found
}

/** Removes a comment. A `#` begins a comment only after a space, while npm's dotenv and Node cut `p#ss` short. */
function withoutComment(rest: string, before: string): string {
  const start = /\s$/.test(before) && rest.startsWith('#') ? 0 : rest.search(/\s#/)
  return (start === -1 ? rest : rest.slice(0, start)).trimEnd()
}

const nextAssignment = /^\s*;?\s*(?:export\s+)?'?[A-Za-z_][\w.-]*'?\s*=/
const SEVERAL = 'there are several assignments on it; give each a line of its own'

function unquoted(raw: string): ParsedValue | Unreadable {
  if (/^['"]/.test(raw)) {
    const isEscaped = raw.length > 2 && raw.endsWith(`\\${raw.charAt(0)}`)
    return {
      fault: isEscaped
        ? 'there is a backslash before the closing quote, and some readers take the two for a quote within the value'
        : 'the closing quote is missing',
    }
  }
  const next = raw.search(/[\s;](?:export\s+)?[A-Za-z_]\w*=/)
  if (next !== -1 && nextAssignment.test(raw.slice(next))) return { fault: SEVERAL }
  return { quote: 'none', raw, value: raw }
}

function inQuotes(quoted: string, trailing: string): ParsedValue | Unreadable {
  const raw = quoted.slice(1, -1)
  // A shell takes a `#` without a space before it as part of the value.
  if (!/^\s*(?:\s#|$)/.test(trailing)) {
    // The closing quote may be the opening quote of the next value.
    if (/[\r\n]/.test(raw)) return { fault: 'the closing quote is missing' }
    return { fault: nextAssignment.test(trailing) ? SEVERAL : 'there is text behind the closing quote' }
  }
  const plain = raw.replace(/\r\n?/g, '\n')
  if (quoted.startsWith("'")) return { quote: 'single', raw, value: plain.replace(/\\([\\'])/g, '$1') }
  const value = plain.replace(/\\([\\'"abfnrtv])/g, (_, char: string) => escapes[char] ?? char)
  return { quote: 'double', raw, value }
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const lineEnds = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0
