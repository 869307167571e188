import type { Services } from '../../services/services.ts'
import {
  unusedByAll,
  unusedWords,
  type EnvPreview,
  type FoundField,
} from '../../core/accounts/env/preview.ts'
import { nameOf, type FoundSecret } from '../../core/accounts/import/found-secret.ts'
import type { FoundSecrets } from '../../core/accounts/import/secrets-in-text.ts'
import { storedForm } from '../../core/accounts/stored-form.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import type { Clock } from '../../core/ports.ts'
import { Secret } from '../../core/secret.ts'
import { readArgs, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { importFrom } from './import-source.ts'
import { codeNow, COMPARE, isNamed } from './totp-from.ts'

export const importing: Command = {
  usage: 'account import FILE|-',
  summary: 'Show what is in a .env file, a QR code’s picture or an export, and how to add it; keeps nothing',
  takes: 'file',
  examples: [
    ['tokentray account import qr.png', 'The code of the TOTP secret in it, to compare'],
    ['tokentray account import .env', 'For which brokers it is, and what it lacks'],
    ['tokentray account import -', 'Asks for the address unseen'],
  ],
  run: previewImport,
}

/** Shows what a file holds and how to add it. Stores nothing. */
async function previewImport({ args, io, services: open }: CommandContext): Promise<number> {
  const { positionals } = readArgs(args, {}, { min: 1, max: 1 })
  const [file = ''] = positionals
  const services = await open()
  const found = await importFrom(file, 'FILE', io, services)
  const lines =
    found.kind === 'secrets' ? secretsPreview(found, file, services) : envPreview(found.fits, file, services)
  for (const line of lines) io.stdout(line)
  return exitCodes.ok
}

function secretsPreview(found: FoundSecrets, file: string, { brokers, clock }: Services): string[] {
  const { secrets, leftOut, parts } = found
  const [first] = secrets
  const ids = fittingIds(first?.issuer ?? '', [...brokers.values()])
  const chosen = first === undefined || secrets.length === 1 ? [] : [choiceOf(first, secrets)]
  const next = ['--broker', ids.length === 1 ? ids.join() : 'ID', '--totp-from', quoted(file), ...chosen]
  return [
    `TOTP secrets found: ${secrets.length}`,
    ...secrets.map((one, index) => {
      const number = secrets.length === 1 ? '' : `${index + 1}. `
      return `  ${number}${nameOf(one)}   ${codeNow(one.secret, clock)}`
    }),
    ...leftOut.map(({ name, why }) => `  Left out: “${name}” ${why}.`),
    ...(parts.here < parts.of
      ? [`The export has ${parts.of} QR codes, and ${parts.here} of them is here. Import the others too.`]
      : []),
    COMPARE,
    `Next: tokentray account add NAME ${next.join(' ')}`,
    ...(ids.length === 1 ? [] : [`ID is one of ${ids.join(', ')}.`]),
  ]
}

function envPreview(fits: readonly EnvPreview[], file: string, { clock }: Services): string[] {
  const lines = fits.flatMap(({ broker, found, missing, notes, withoutTotp }) => [
    `For ${broker.name}`,
    `  found: ${found.map(({ env }) => env).join(', ')}`,
    ...(missing.length === 0 ? [] : [`  missing: ${missing.map(({ env }) => env).join(', ')}`]),
    ...found.flatMap(({ env, wrong }) => (wrong === null ? [] : [`  ${env} ${wrong}`])),
    ...[...notes, ...(withoutTotp === null ? [] : [withoutTotp])].map((note) => `  ${note}`),
    ...found.flatMap((one) => codeOf(one, clock)),
    `  Next: tokentray account add NAME --broker ${broker.id} --env-file ${file === '-' ? 'FILE' : quoted(file)}`,
  ])
  const unused = unusedByAll(fits)
  return unused.length === 0 ? lines : [...lines, `Not used: ${unusedWords(unused)}`]
}

function codeOf({ field, value, wrong }: FoundField, clock: Clock): string[] {
  if (field.kind !== 'totp' || value === null || wrong !== null) return []
  const secret = new Secret(storedForm(field, value.reveal()))
  return [`  TOTP code: ${codeNow(secret, clock)}`, `  ${COMPARE}`]
}

/** Returns the brokers whose name begins with the issuer's first word; all of them when none does. */
function fittingIds(issuer: string, brokers: readonly Broker[]): string[] {
  const firstWord = (name: string): string => name.toLowerCase().split(/\s+/)[0] ?? ''
  const fitting = brokers.filter(({ name }) => firstWord(name) === firstWord(issuer))
  return (fitting.length > 0 ? fitting : brokers).map(({ id }) => id)
}

/** Returns the option that picks only the first secret: by its shortest unique name, else by number. */
function choiceOf(first: FoundSecret, secrets: readonly FoundSecret[]): string {
  const isEnough = (label: string): boolean => secrets.filter((found) => isNamed(found, label)).length === 1
  const name = [first.label, nameOf(first)].find((label) => label !== '' && isEnough(label))
  return name === undefined ? '--totp-number=1' : `--totp-label=${quoted(name)}`
}

/** Quotes an argument for a POSIX shell. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
}
