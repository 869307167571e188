import type { Account } from '../accounts/account.ts'
import type { Broker, TokenBundle } from '../brokers/broker.ts'
import { InputError } from '../errors.ts'
import type { Secret } from '../secret.ts'

/** One thing that a script needs to use a token. */
export interface Exported {
  /** The broker's own name for it, such as `access_token`. */
  readonly field: string
  /** The environment variable that scripts read it from, such as `KITE_ACCESS_TOKEN`. */
  readonly env: string
  readonly value: string
}

/** Everything a script needs to use an account's token: fields of the bundle, and settings such as an API key. */
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

/** How the bundle is written for a script. */
export const exportFormats = ['raw', 'json', 'env', 'dotenv', 'powershell', 'cmd'] as const
export type ExportFormat = (typeof exportFormats)[number]

/**
 * The bundle as text: `json` an object by field, `env` lines for a shell to evaluate, `powershell` and
 * `cmd` the same for Windows' two, `dotenv` lines for a `.env`
 * file as python-dotenv and Node read it.
 */
export function formatExports(exported: readonly Exported[], format: Exclude<ExportFormat, 'raw'>): string {
  switch (format) {
    case 'json':
      return JSON.stringify(Object.fromEntries(exported.map(({ field, value }) => [field, value])), null, 2)
    case 'env':
      return exported.map(({ env, value }) => `export ${env}=${shellQuoted(value)}`).join('\n')
    case 'powershell':
      return exported.map(({ env, value }) => `$env:${env} = ${powershellQuoted(value)}`).join('\n')
    case 'cmd':
      return exported.map(({ env, value }) => `set "${env}=${cmdValue(value)}"`).join('\n')
    case 'dotenv':
      return exported.map(({ env, value }) => `${env}=${dotenvQuoted(value)}`).join('\n')
  }
}

/** Nothing within single quotes means anything to a shell but their end. */
const shellQuoted = (value: string): string => `'${value.replaceAll("'", String.raw`'\''`)}'`

/**
 * PowerShell takes typographic quotes for the plain one, and two of any kind for one that is meant:
 * https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
const powershellQuoted = (value: string): string => `'${value.replaceAll(/['‘’‚‛]/g, '$&$&')}'`

/** In a batch file `%` and `!` mean something even within quotes, at the prompt something else: neither is written. */
function cmdValue(value: string): string {
  if (!/["%!\r\n]/.test(value)) return value
  throw new InputError({
    format: 'cmd can’t hold this value as every prompt would take it; use powershell or json',
  })
}

/**
 * Single quotes keep `#`, `$` and spaces as they are, for python-dotenv and Node alike; what both would read
 * differently is not written at all.
 */
function dotenvQuoted(value: string): string {
  if (!/['\\\r\n]/.test(value)) return `'${value}'`
  throw new InputError({
    format: 'dotenv can’t hold this value as every reader would take it; use json or env',
  })
}

const textOf = (secret: Secret | undefined): string | undefined => secret?.reveal()
