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
    if (value !== undefined && value !== '') values[field.name] = value
  }
  if (Object.keys(values).length === 0) {
    const names = broker.fields.map((field) => field.env).join(', ')
    throw new InputError({ 'env-file': `has none of the names of ${broker.name}: ${names}` })
  }
  return values
}

const assignment = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/
const singleQuoted = /^'((?:\\.|[^'\\])*)'\s*(?:#.*)?$/
const doubleQuoted = /^"((?:\\.|[^"\\])*)"\s*(?:#.*)?$/
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/**
 * Reads like python-dotenv, which the traders' own scripts use: a `#` begins a comment only after a space. Node's
 * and npm's dotenv cut `p#ss` short without a word, and a wrong password is what must never be sent.
 */
function parseDotenv(text: string): Map<string, string> {
  const values = new Map<string, string>()
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  for (const [index, line] of lines.entries()) {
    const [, name, right] = assignment.exec(line.trim()) ?? []
    if (name === undefined || right === undefined) continue
    const value = parseValue(right)
    if (value === null)
      throw new InputError({ 'env-file': `line ${String(index + 1)}: the closing quote is missing` })
    values.set(name, value)
  }
  return values
}

function parseValue(right: string): string | null {
  if (right.startsWith("'")) return singleQuoted.exec(right)?.[1]?.replace(/\\([\\'])/g, '$1') ?? null
  if (right.startsWith('"')) {
    return (
      doubleQuoted.exec(right)?.[1]?.replace(/\\(.)/g, (_, char: string) => escapes[char] ?? char) ?? null
    )
  }
  return right.replace(/(?:^|\s+)#.*$/, '').trim()
}
