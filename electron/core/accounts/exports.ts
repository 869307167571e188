import type { Account } from '../state/account.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'
import type { Secret } from '../secret.ts'

/** One value that a script needs to use a token. */
export interface Exported {
  /** The broker's name for it, such as `access_token`. */
  readonly field: string
  /** The environment variable that scripts read it from, such as `KITE_ACCESS_TOKEN`. */
  readonly env: string
  readonly value: string
}

/** Returns all values that a script needs to use a token: fields of the bundle, and settings such as an API key. */
export function exportsOf(
  broker: Broker,
  account: Pick<Account, 'settings'>,
  bundle: TokenBundle,
): Exported[] {
  return Object.entries(broker.exports).flatMap(([field, env]) => {
    const value = textOf(bundle[field]) ?? account.settings[field]
    return value === undefined ? [] : [{ field, env, value }]
  })
}

/** The formats in which values are written for a script. */
export const exportFormats = ['raw', 'json', 'env', 'dotenv', 'fish', 'docker', 'powershell', 'cmd'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A format with one line for each variable. */
export type LineFormatName = Exclude<ExportFormat, 'raw' | 'json'>

/** How one variable is written: `head`, the quoted value, `tail`. */
export interface LineFormat {
  /** The programs that read it, for the help. */
  readonly readers: string
  readonly head: (env: string) => string
  /**
   * Quotes a value.
   * @throws InputError for `format` when a reader would read another value
   */
  readonly quoted: (value: string) => string
  readonly tail?: string
  /** Matches what may follow the head on a replaceable line, by default anything. Its group, a comment, is kept. */
  readonly behind?: RegExp
}

const shellValue = /^(?:'[^']*'|"[^"]*"|[^\s'";&|#]*)(\s+#.*)?\s*$/

export const lineFormats: Readonly<Record<LineFormatName, LineFormat>> = {
  env: {
    readers: 'sh, bash and zsh',
    head: (env) => `export ${env}=`,
    quoted: shellQuoted,
    behind: shellValue,
  },
  dotenv: { readers: 'a .env file', head: (env) => `${env}=`, quoted: dotenvQuoted },
  fish: { readers: 'fish', head: (env) => `set -gx ${env} `, quoted: fishQuoted, behind: shellValue },
  docker: {
    readers: 'docker and podman --env-file',
    head: (env) => `${env}=`,
    quoted: unquotedForDocker,
  },
  powershell: { readers: 'PowerShell', head: (env) => `$env:${env} = `, quoted: powershellQuoted },
  cmd: { readers: 'Windows’ cmd', head: (env) => `set "${env}=`, quoted: cmdValue, tail: '"' },
}

export const isLineFormat = (format: string): format is LineFormatName => Object.hasOwn(lineFormats, format)

/** Returns the values as text: for `json` an object by field, for all others a line for each variable. */
export function formatExports(exported: readonly Exported[], format: Exclude<ExportFormat, 'raw'>): string {
  return format === 'json'
    ? JSON.stringify(Object.fromEntries(exported.map(({ field, value }) => [field, value])), null, 2)
    : exported.map((one) => formatLine(one, format)).join('\n')
}

/**
 * Returns the line of one variable.
 * @throws InputError for `format` when a reader would read another value
 */
export function formatLine({ env, value }: Exported, format: LineFormatName): string {
  const { head, quoted, tail = '' } = lineFormats[format]
  return `${head(env)}${quoted(value)}${tail}`
}

/** Returns a sentence that names the programs that misread these lines; null when there are none. */
export function misreaders(exported: readonly Exported[], format: string): string | null {
  const inQuotes = format === 'dotenv' ? exported.filter(({ value }) => !plain.test(value)) : []
  if (inQuotes.length === 0) return null
  const names = inQuotes.map(({ env }) => env).join(', ')
  return `docker --env-file, make and export $(…) take the quotes around ${names} for a part of it; for docker there is --format docker.`
}

/** Quotes for shells, to which only the closing quote means anything within single quotes. */
function shellQuoted(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`
}

/** Quotes for fish, which reads `\'` and `\\` in them (https://fishshell.com/docs/current/language.html#quotes). */
function fishQuoted(value: string): string {
  return `'${value.replace(/[\\']/g, String.raw`\$&`)}'`
}

/** Matches values that every reader reads literally. */
const plain = /^[\w+/=.:@%,-]*$/

/** What readers differ about within single quotes. */
const unkept: readonly (readonly [sign: RegExp, why: string])[] = [
  [/\$\{/, 'python-dotenv would put another value in place of its “${”'],
  [/['\\]/, 'python-dotenv and npm’s dotenv differ about its quotes and backslashes'],
  [/[\r\n]/, 'docker and systemd would take its first line alone'],
]

/**
 * Quotes for PowerShell, which treats typographic quotes like the plain one, and two of any kind as one literal quote:
 * https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
function powershellQuoted(value: string): string {
  return `'${value.replaceAll(/['‘’‚‛]/g, '$&$&')}'`
}

/** Returns a value for cmd. Refuses `%` and `!`, which mean different things in batch files and at the prompt. */
function cmdValue(value: string): string {
  if (!/["%!\r\n]/.test(value)) return value
  throw new InputError({
    format: 'cmd can’t hold this value as every prompt would take it; use powershell or json',
  })
}

/**
 * Quotes for `.env` files, only where needed, because docker, make and `export $(…)` read quotes as part of the value.
 * Single quotes keep `#`, `$` and spaces literal for python-dotenv, Node and shells.
 */
function dotenvQuoted(value: string): string {
  if (plain.test(value)) return value
  const [, why] = unkept.find(([sign]) => sign.test(value)) ?? []
  if (why === undefined) return `'${value}'`
  throw new InputError({ format: `dotenv can’t hold this value: ${why}; use json or env` })
}

/**
 * Returns a value for Docker, which reads everything after the `=`:
 * https://docs.docker.com/reference/cli/docker/container/run/#env
 */
function unquotedForDocker(value: string): string {
  if (!/[\r\n]/.test(value)) return value
  throw new InputError({
    format: 'docker can’t hold this value, which has more than one line; use json or env',
  })
}

const textOf = (secret: Secret | undefined): string | undefined => secret?.reveal()
