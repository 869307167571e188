import type { Services } from '../../services/services.ts'
import { groupedCode } from '../../contract/words.ts'
import { nameOf, type FoundSecret } from '../../core/accounts/import/found-secret.ts'
import type { Broker } from '../../core/brokers/broker.ts'
import { fieldOfKind } from '../../core/brokers/find-field.ts'
import { InputError } from '../../core/errors.ts'
import type { Clock } from '../../core/ports.ts'
import type { Secret } from '../../core/secret.ts'
import { standardTotp, totpWindow } from '../../core/totp/code.ts'
import { totpCode } from '../../core/totp/generate.ts'
import { importFrom } from './import-source.ts'
import type { Io } from '../terminal/terminal.ts'

export const totpFromOptions = {
  'totp-from': {
    type: 'string',
    value: 'FILE',
    help: 'The TOTP secret from a QR code’s picture, a text or an export; - for standard input',
    words: 'file',
  },
  'totp-label': { type: 'string', value: 'LABEL', help: 'Which one, when the file has several' },
  'totp-number': {
    type: 'string',
    value: 'N',
    help: 'Which one, by its number in what tokentray account import shows',
  },
} as const

export interface TotpFromValues {
  readonly 'totp-from'?: string | undefined
  readonly 'totp-label'?: string | undefined
  readonly 'totp-number'?: string | undefined
}

/**
 * Reads a broker's TOTP secret from the file that `--totp-from` names, keyed by its field; empty without the option.
 * Shows its code, which a person at a terminal must confirm, because a wrong one would be sent at the next login.
 * @throws InputError when the file has no secret, or several and no option picks one, or the user does not confirm
 */
export async function readTotpFrom(
  values: TotpFromValues,
  broker: Broker,
  services: Services,
  io: Io,
): Promise<Record<string, string>> {
  const { 'totp-from': file, 'totp-label': label, 'totp-number': number } = values
  if (file === undefined) {
    if (label !== undefined) throw new InputError({ 'totp-label': 'is for --totp-from' })
    if (number !== undefined) throw new InputError({ 'totp-number': 'is for --totp-from' })
    return {}
  }
  const field = fieldOfKind(broker, 'totp')
  if (field === undefined)
    throw new InputError({ 'totp-from': `is of no use: ${broker.name} has no TOTP secret` })
  const found = await importFrom(file, 'totp-from', io, services)
  if (found.kind === 'env-file') {
    throw new InputError({ 'totp-from': 'is a .env file; give it as --env-file' })
  }
  const chosen = number === undefined ? byLabel(found.secrets, label) : byNumber(found.secrets, number)
  io.stderr(`TOTP secret: ${nameOf(chosen)}   ${codeNow(chosen.secret, services.clock)}`)
  io.stderr(COMPARE)
  if (io.interactive && !(await agrees(io))) {
    throw new InputError({
      'totp-from': 'is not taken, because its code is not confirmed; nothing is changed',
    })
  }
  return { [field.name]: chosen.secret.reveal() }
}

export const COMPARE = 'Compare with your authenticator app: it has to show the same code now.'

const agrees = async (io: Io): Promise<boolean> =>
  (await io.ask('Type “yes” if it does: ')).trim().toLowerCase() === 'yes'

/** Returns the current code and its remaining seconds. */
export function codeNow(secret: Secret, clock: Clock): string {
  const window = totpWindow(clock.now())
  const seconds = Math.ceil(((window + 1) * standardTotp.periodMs - clock.now()) / 1000)
  return `${groupedCode(totpCode(secret, window))}   (${seconds} s left)`
}

function byLabel(secrets: readonly FoundSecret[], label: string | undefined): FoundSecret {
  const fitting = label === undefined ? secrets : secrets.filter((found) => isNamed(found, label))
  const [first, second] = fitting
  if (first !== undefined && second === undefined) return first
  const names = secrets.map((found) => `“${nameOf(found)}”`).join(', ')
  if (label === undefined) throw new InputError({ 'totp-label': `is missing; choose one of ${names}` })
  if (first === undefined) throw new InputError({ 'totp-label': `fits none; choose one of ${names}` })
  throw new InputError({
    'totp-label': `fits several: ${names}. See their codes with tokentray account import, and give --totp-number`,
  })
}

function byNumber(secrets: readonly FoundSecret[], number: string): FoundSecret {
  const chosen = /^\d+$/.test(number) ? secrets[Number(number) - 1] : undefined
  if (chosen !== undefined) return chosen
  const most = secrets.length
  throw new InputError({ 'totp-number': most === 1 ? 'is 1 here: there is one' : `is one of 1 to ${most}` })
}

/** Tells whether `--totp-label` names this secret, by its label or its whole name. */
export const isNamed = (found: FoundSecret, label: string): boolean =>
  found.label === label || nameOf(found) === label
