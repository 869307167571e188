import type { Broker } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'

/**
 * The values for a broker's fields in the text of a `.env` file, under the names that traders already use, such
 * as `KITE_USER_ID`. Other lines are of no concern here and left out.
 * @throws InputError for `env-file` when it can't be read or has none of the broker's names
 */
export function readEnvFile(text: string, broker: Broker): Record<string, string> {
  const lines = parseDotenv(text)
  const values: Record<string, string> = {}
  for (const field of broker.fields) {
    const value = lines.get(field.env)
    if (typeof value === 'object') {
      throw new InputError({ 'env-file': `line ${value.line}: the closing quote is missing` })
    }
    if (value !== undefined && value !== '') values[field.name] = value
  }
  if (Object.keys(values).length === 0) {
    const names = broker.fields.map((field) => field.env).join(', ')
    throw new InputError({ 'env-file': `has none of the names of ${broker.name}: ${names}` })
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
function parseDotenv(text: string): Map<string, string | UnclosedQuote> {
  const values = new Map<string, string | UnclosedQuote>()
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  for (const match of plain.matchAll(assignment)) {
    const [, name = '', single, double, unquoted = ''] = match
    if (single !== undefined) values.set(name, single.replace(/\\([\\'])/g, '$1'))
    else if (double !== undefined) values.set(name, unescapeDouble(double))
    else if (/^\s*['"]/.test(unquoted)) {
      values.set(name, { line: plain.slice(0, match.index).split('\n').length })
    } else values.set(name, unquoted.replace(/\s+#.*$/, '').trim())
  }
  return values
}

interface UnclosedQuote {
  /** 1-based. */
  readonly line: number
}

const unescapeDouble = (text: string): string =>
  text.replace(/\\([\\'"abfnrtv])/g, (_, char: string) => escapes[char] ?? char)
