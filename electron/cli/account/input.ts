import { isatty } from 'node:tty'
import { readEnvFile, unusedWords, valuesIn } from '../../core/accounts/env/preview.ts'
import { loginModes, type LoginMode } from '../../contract/fields.ts'
import { fieldHints } from '../../core/accounts/validate.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import { errorCode, InputError, LoginError } from '../../core/errors.ts'
import type { Family } from '../../core/ports.ts'
import { readText } from '../../core/text.ts'
import { readPairs } from '../terminal/command.ts'
import { readFileOrPipe } from '../terminal/stdin.ts'
import type { Io } from '../terminal/terminal.ts'
import { totpFromOptions } from './totp-from.ts'

/** The values of `--family`. */
const families = ['4', '6', 'any'] as const

/** The options that `account add` and `account edit` share. */
export const inputOptions = {
  'env-file': {
    type: 'string',
    value: 'FILE',
    help: 'Take the fields from a .env file, by the names that traders use there; - for standard input',
    words: 'file',
  },
  set: {
    type: 'string',
    multiple: true,
    value: 'FIELD=VALUE',
    help: 'A field that is no secret; secrets are never arguments, which other programs can see',
  },
  endpoint: {
    type: 'string',
    multiple: true,
    value: 'KEY=URL',
    help: 'Another address than the broker’s own, for a practice broker or a sandbox',
  },
  proxy: {
    type: 'string',
    value: 'URL',
    help: 'http://user@host:3128, https://… or socks5://…; "" for none',
  },
  family: {
    type: 'string',
    value: families.join('|'),
    help: 'The version of IP to reach the broker by, where it has to be one; any for whichever answers',
    words: families,
  },
  ...totpFromOptions,
  mode: {
    type: 'string',
    value: loginModes.join('|'),
    help: 'assisted: you sign in on the broker’s page yourself, and no password is stored',
  },
  'accept-terms': {
    type: 'boolean',
    default: false,
    help: 'You have read the sentence on the broker’s terms',
  },
} as const

/** @throws InputError for `mode` */
export function readMode(given: string | undefined): LoginMode | undefined {
  const mode = loginModes.find((known) => known === given)
  if (given !== undefined && mode === undefined) {
    throw new InputError({ mode: `is one of ${loginModes.join(', ')}` })
  }
  return mode
}

/** Prints notes on values that look odd but are accepted. */
export function noteHints(broker: Broker, values: Readonly<Record<string, string>>, io: Io): void {
  for (const [field, hint] of Object.entries(fieldHints(broker, values))) io.stderr(`Note: ${field} ${hint}`)
}

/** @throws InputError for `family` */
export function readFamily(given: string | undefined): Family | null | undefined {
  if (given === undefined) return undefined
  const family = families.find((known) => known === given)
  if (family === undefined) throw new InputError({ family: `is one of ${families.join(', ')}` })
  return family === 'any' ? null : family === '4' ? 4 : 6
}

interface InputOptions {
  readonly 'env-file'?: string | undefined
  readonly set?: string[] | undefined
}

/**
 * Reads the values of `--env-file` and `--set`; the latter may hold no secret.
 * @throws InputError, LoginError `cancelled` while a pipe stays silent
 */
export async function readInput(
  broker: Broker,
  options: InputOptions,
  io: Io,
): Promise<Record<string, string>> {
  const fromSet = readPairs('set', options.set)
  for (const field of broker.fields) {
    if (field.kind === 'setting' || fromSet[field.name] === undefined) continue
    throw new InputError({
      [field.name]:
        'is a secret, and arguments can be seen by other programs; use --env-file (- for standard input) or type it when asked',
    })
  }
  const file = options['env-file']
  if (file === undefined) return fromSet
  const preview = readEnvFile(await readEnvText(file, io.signal), broker)
  const { notes, unused } = preview
  for (const note of [...notes, ...(unused.length === 0 ? [] : [`Not used: ${unusedWords(unused)}`])]) {
    io.stderr(note)
  }
  return { ...valuesIn(preview), ...fromSet }
}

async function readEnvText(file: string, signal: AbortSignal): Promise<string> {
  if (file === '-' && isatty(0)) {
    throw new InputError({
      'env-file':
        '- is the terminal, which would show what you type; leave it out to be asked for secrets unseen',
    })
  }
  try {
    return readText(await readFileOrPipe(file, signal), 'env-file')
  } catch (error) {
    if (error instanceof LoginError || error instanceof InputError) throw error
    const why = errorCode(error) ?? 'unknown error'
    throw new InputError({ 'env-file': `${file} can’t be read (${why})` })
  }
}
