import type { Services } from '../../services/services.ts'
import { isForCodesAlone } from '../../core/accounts/codes-alone.ts'
import { proxyPassword, readProxy, withProxyPassword } from '../../core/accounts/proxy.ts'
import type { Broker, Field } from '../../core/brokers/broker.ts'
import { fieldOfKind } from '../../core/brokers/field-of-kind.ts'
import { isTypedThere } from '../../core/accounts/validate.ts'
import { registry } from '../../core/brokers/registry.ts'
import { InputError } from '../../core/errors.ts'
import { indented } from '../terminal/columns.ts'
import { readArgs, readPairs, UsageError, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import type { Io } from '../terminal/terminal.ts'
import { noticeIfSlow, WAITING_FOR_KEYCHAIN, WAITING_FOR_LOGIN } from '../terminal/slow-notice.ts'
import { readTotpFrom } from './totp-from.ts'
import { inputOptions, noteHints, readFamily, readInput, readMode } from './input.ts'

const options = {
  broker: { type: 'string', value: 'ID', help: 'Whose login it is', words: 'broker' },
  ...inputOptions,
} as const

export const add: Command = {
  usage: 'account add NAME --broker ID [options]',
  summary: 'Add an account; what is not given is asked for, secrets unseen',
  options,
  examples: [
    ['tokentray account add zerodha-main --broker kite-connect', 'Asks for everything'],
    [
      'tokentray account add zerodha-main --broker kite-connect --env-file .env --accept-terms',
      'From the file that your scripts have, without questions',
    ],
    [
      'tokentray account add zerodha-main --broker kite-connect --totp-from qr.png',
      'The TOTP secret from the picture of its QR code',
    ],
  ],
  more: (args) => Promise.resolve(fieldsHelp(args)),
  run: runAdd,
}

async function runAdd({ args, io, services: open }: CommandContext): Promise<number> {
  const { values, positionals } = readArgs(args, options, { min: 0, max: 1 })
  const services = await open()
  const [name] = positionals
  if (name === undefined) throw new UsageError({ NAME: 'is missing' })
  if (values.broker === undefined) throw new InputError({ broker: `is missing; ${brokerChoices(services)}` })
  const broker = withProxyPassword(services.accounts.broker(values.broker), readProxy(values.proxy ?? ''))
  services.accounts.assertFree(name)
  const mode = readMode(values.mode)
  const given = {
    ...(await readInput(broker, values, io)),
    ...(await readTotpFrom(values, broker, services, io)),
  }
  const input = {
    values: await askMissing(mode === 'assisted' ? withoutPageFields(broker) : broker, given, io),
    endpoints: readPairs('endpoint', values.endpoint),
    proxy: values.proxy,
    family: readFamily(values.family),
    mode,
  }
  const hasLogin = !isForCodesAlone(broker, filledNames(input.values))
  const isUnattended = hasLogin && mode !== 'assisted'
  const acceptTerms = values['accept-terms'] || (isUnattended && (await askTerms(broker, io)))
  const adding = services.accounts.add(
    { name, brokerId: broker.id, ...input, acceptTerms },
    { signal: io.signal, onWait: () => io.stderr(WAITING_FOR_LOGIN) },
  )
  await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, adding)
  noteHints(broker, input.values, io)
  if (hasLogin) {
    if (isUnattended) io.stderr(secondFactorNote(name, broker, input.values))
    io.stdout(`${name} is added. Log in with: tokentray login ${name}`)
  } else io.stdout(`${name} is added. See its code with: tokentray totp ${name}`)
  return exitCodes.ok
}

/** Leaves out the fields that the user enters on the broker's page. */
const withoutPageFields = (broker: Broker): Broker => ({
  ...broker,
  fields: broker.fields.filter((field) => !isTypedThere(field)),
})

/** Prompts for missing fields on a terminal. In a script the check that follows reports them. */
async function askMissing(
  broker: Broker,
  given: Record<string, string>,
  io: Io,
): Promise<Record<string, string>> {
  const values = { ...given }
  if (!io.interactive) return values
  for (const field of broker.fields) {
    if (values[field.name] !== undefined) continue
    io.stderr(field.help)
    values[field.name] =
      field.kind === 'setting'
        ? await io.ask(`${field.label}: `)
        : (await io.askSecret(`${field.label} (not shown): `)).reveal()
  }
  return values
}

/** Returns the note on the second factor of an unattended login. */
function secondFactorNote(name: string, broker: Broker, values: Readonly<Record<string, string>>): string {
  const totp = fieldOfKind(broker, 'totp')
  if (totp === undefined || filledNames(values).includes(totp.name))
    return 'Note: a password and a TOTP secret kept on one computer make one factor of the two.'
  return (
    `Note: ${name} has no TOTP secret, so each login asks you for a code and none can be made unattended. ` +
    `Store one with: tokentray account edit ${name} --ask ${totp.name}`
  )
}

const filledNames = (values: Readonly<Record<string, string>>): string[] =>
  Object.keys(values).filter((name) => values[name]?.trim() !== '')

async function askTerms(broker: Broker, io: Io): Promise<boolean> {
  if (!io.interactive) {
    throw new InputError({ 'accept-terms': `is missing. ${broker.terms.sentence} (${broker.terms.source})` })
  }
  io.stderr(`${broker.terms.sentence}\n(${broker.terms.source})`)
  return (await io.ask('Type “yes” to go on: ')).trim().toLowerCase() === 'yes'
}

/** Lists the fields of every broker, or of the broker in `args`. */
function fieldsHelp(args: readonly string[]): string[] {
  const named = args.find((arg) => registry.has(arg.replace(/^--broker=/, '')))?.replace(/^--broker=/, '')
  const brokers = [...registry.values()].filter(({ id }) => named === undefined || id === named)
  return [
    '',
    'Fields, by their names for --set and for a .env file:',
    ...brokers.flatMap(describe),
    '  With every broker that has a proxy:',
    ...fieldLines(proxyPassword),
  ]
}

const describe = (broker: Broker): string[] => [
  `  --broker ${broker.id}   ${broker.name}`,
  ...broker.fields.flatMap(fieldLines),
  ...Object.entries(broker.endpoints).map(([key, url]) => `    --endpoint ${key}=${url}`),
]

const fieldLines = ({ name, env, aliases = [], help, kind }: Field): string[] => [
  `    ${name.padEnd(16)} ${env}${kind === 'setting' ? '' : ' (secret)'}`,
  ...indented(help, 8),
  ...(aliases.length === 0 ? [] : indented(`Also ${aliases.filter((name) => name !== env).join(', ')}.`, 8)),
]

const brokerChoices = ({ brokers }: Services): string => `choose one of ${[...brokers.keys()].join(', ')}`
