import type { Services } from '../compose.ts'
import { nameOf, type FoundSecret } from '../core/accounts/import/found-secret.ts'
import type { Broker } from '../core/brokers/broker.ts'
import { InputError } from '../core/errors.ts'
import { importFrom } from './import-source.ts'
import type { Io } from './io.ts'

export const totpFromOptions = {
  'totp-from': {
    type: 'string',
    value: 'FILE',
    help: 'The TOTP secret from a QR code’s picture, a text or an export; - for standard input',
    words: 'file',
  },
  'totp-label': { type: 'string', value: 'LABEL', help: 'Which one, when the file has several' },
} as const

export interface TotpFromValues {
  readonly 'totp-from'?: string | undefined
  readonly 'totp-label'?: string | undefined
}

/**
 * The value for a broker's TOTP secret out of the file that `--totp-from` names, by its field; nothing without it.
 * @throws InputError when there is none, or several and no `--totp-label` that tells which
 */
export async function readTotpFrom(
  values: TotpFromValues,
  broker: Broker,
  services: Services,
  io: Io,
): Promise<Record<string, string>> {
  const { 'totp-from': file, 'totp-label': label } = values
  if (file === undefined) {
    if (label === undefined) return {}
    throw new InputError({ 'totp-label': 'is for --totp-from' })
  }
  const field = broker.fields.find(({ kind }) => kind === 'totp')
  if (field === undefined)
    throw new InputError({ 'totp-from': `is of no use: ${broker.name} has no TOTP secret` })
  const found = await importFrom(file, 'totp-from', io, services)
  if (found.kind === 'env-file') {
    throw new InputError({ 'totp-from': 'is a .env file; give it as --env-file' })
  }
  return { [field.name]: choose(found.secrets, label).secret.reveal() }
}

function choose(secrets: readonly FoundSecret[], label: string | undefined): FoundSecret {
  const fitting = label === undefined ? secrets : secrets.filter((found) => isNamed(found, label))
  const [first, second] = fitting
  if (first !== undefined && second === undefined) return first
  const names = secrets.map((found) => `“${nameOf(found)}”`).join(', ')
  if (label === undefined) throw new InputError({ 'totp-label': `is missing; choose one of ${names}` })
  if (first === undefined) throw new InputError({ 'totp-label': `fits none; choose one of ${names}` })
  throw new InputError({ 'totp-label': `fits several: ${names}. Export the one that is wanted alone` })
}

/** Whether a user's `--totp-label` means this one: by its label alone, or by its whole name. */
export const isNamed = (found: FoundSecret, label: string): boolean =>
  found.label === label || nameOf(found) === label
