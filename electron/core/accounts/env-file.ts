import type { Broker } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'

/**
 * The values for a broker's fields in the text of a `.env` file, under the names that traders already use, such
 * as `KITE_USER_ID`. Other lines are of no concern here and left out.
 * @throws InputError for `env-file` when it can't be read or has none of the broker's names
 */
export function readEnvFile(text: string, broker: Broker): Record<string, string> {
  const values = valuesFor(broker, parseDotenv(text))
  if (Object.keys(values).length === 0) {
    const names = broker.fields.map((field) => field.env).join(', ')
    throw new InputError({ 'env-file': `has none of the names of ${broker.name}: ${names}` })
  }
  return values
}

/**
 * The values for a broker's fields among the assignments of a `.env` file, by field; empty ones are left out.
 * @throws InputError for `env-file` when one of them can't be read
 */
export function valuesFor(broker: Broker, assignments: Assignments): Record<string, string> {
  const values: Record<string, string> = {}
  for (const field of broker.fields) {
    const value = assignments.get(field.env)
    if (typeof value === 'object') {
      throw new InputError({ 'env-file': `line ${value.line()}: the closing quote is missing` })
    }
    if (value !== undefined && value !== '') values[field.name] = value
  }
  return values
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

// A quoted value may have several lines and nothing but a comment after it; else the value is the rest of the line.
const assignment =
  /^[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)[^\S\n]*=(?:[^\S\n]*(?:'((?:\\[^]|[^'\\])*)'|"((?:\\[^]|[^"\\])*)")[^\S\n]*(?:#.*)?$|(.*))/gm

/**
 * Reads like python-dotenv, which the traders' own scripts use: a `#` begins a comment only after a space. Node's
 * and npm's dotenv cut `p#ss` short without a word, and a wrong password is what must never be sent.
 */
export function parseDotenv(text: string): Assignments {
  const values = new Map<string, string | UnclosedQuote>()
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  for (const match of plain.matchAll(assignment)) {
    const [, name = '', single, double, unquoted = ''] = match
    if (single !== undefined) values.set(name, single.replace(/\\([\\'])/g, '$1'))
    else if (double !== undefined) values.set(name, unescapeDouble(double))
    else if (/^\s*['"]/.test(unquoted)) {
      values.set(name, { line: () => plain.slice(0, match.index).split('\n').length })
    } else values.set(name, withoutComment(unquoted).trim())
  }
  return values
}

/** What a `.env` file assigns, by name. */
export type Assignments = ReadonlyMap<string, string | UnclosedQuote>

interface UnclosedQuote {
  /** The number of its line, 1-based; counted when asked, as a file of nothing but quotes would take minutes. */
  line(): number
}

function withoutComment(value: string): string {
  const start = value.search(/\s#/)
  return start === -1 ? value : value.slice(0, start)
}

const unescapeDouble = (text: string): string =>
  text.replace(/\\([\\'"abfnrtv])/g, (_, char: string) => escapes[char] ?? char)
