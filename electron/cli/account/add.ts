import type { Services } from '../../services/services.ts'
import { isForCodesAlone } from '../../core/accounts/codes-alone.ts'
import { proxyPassword, readProxy, withProxyPassword } from '../../core/accounts/proxy.ts'
import type { Broker, Field } from '../../core/brokers/broker.ts'
import { fieldOfKind } from '../../core/brokers/find-field.ts'
import { fieldFault, isTypedThere } from '../../core/accounts/validate.ts'
import { storedForm } from '../../core/accounts/stored-form.ts'
import { registry } from '../../core/brokers/registry.ts'
import { InputError } from '../../core/errors.ts'
import { Secret } from '../../core/secret.ts'
import { indented } from '../terminal/columns.ts'
import { readArgs, readPairs, UsageError, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import type { Io } from '../terminal/terminal.ts'
import { noticeIfSlow, WAITING_FOR_KEYCHAIN, WAITING_FOR_LOGIN } from '../terminal/slow-notice.ts'
import { codeNow, readTotpFrom } from './totp-from.ts'
import { asCalled } from '../terminal/call.ts'
import { inputOptions, noteHints, readFamily, readInput, readMode } from './input.ts'

const options = {
  broker: { type: 'string', value: 'ID', help: 'The broker', words: 'broker' },
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

async function runAdd(context: CommandContext): Promise<number> {
  const { args, io, services: open } = context
  const { values, positionals } = readArgs(args, options, { min: 0, max: 1 })
  const services = await open()
  const [name] = positionals
  if (name === undefined)
    throw new UsageError({
      NAME: 'Which name? As in: tokentray account add zerodha-main --broker kite-connect',
    })
  if (values.broker === undefined)
    throw new InputError({ broker: `Which broker? ${brokerChoices(services)}` })
  const broker = withProxyPassword(services.accounts.broker(values.broker), readProxy(values.proxy ?? ''))
  services.accounts.assertFree(name)
  const mode = readMode(values.mode)
  const given = {
    ...(await readInput(broker, values, io)),
    ...(await readTotpFrom(values, broker, services, io)),
  }
  const input = {
    values: await askMissing(mode === 'assisted' ? withoutPageFields(broker) : broker, given, io, services),
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
    io.stdout(asCalled(`${name} is added. Log in with: tokentray login ${name}`, io.call))
    // Only a person who has answered questions is asked another one.
    const wasAsked = io.interactive && Object.keys(input.values).length > Object.keys(given).length
    if (wasAsked && (await saysYes('Log in now?', io))) {
      const { login } = await import('../login/login.ts')
      return login.run({ ...context, args: [name] })
    }
  } else io.stdout(asCalled(`${name} is added. See its code with: tokentray totp ${name}`, io.call))
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
  services: Services,
): Promise<Record<string, string>> {
  const values = { ...given }
  if (!io.interactive) return values
  const missing = broker.fields.filter(({ name }) => values[name] === undefined)
  for (const [index, field] of missing.entries()) {
    io.stderr(`${index + 1} of ${missing.length} · ${field.label}. ${field.help}`)
    values[field.name] = await askField(field, values, broker, io, services)
  }
  return values
}

/** Prompts for a field until the answer is one that the broker's field takes. */
async function askField(
  field: Field,
  values: Readonly<Record<string, string>>,
  broker: Broker,
  io: Io,
  { clock }: Services,
): Promise<string> {
  for (;;) {
    const typed =
      field.kind === 'setting'
        ? await io.ask(`${field.label}: `)
        : (await io.askSecret(`${field.label} (not shown): `)).reveal()
    const fault = fieldFault(broker, field, { ...values, [field.name]: typed })
    if (fault !== null) {
      io.stderr(`${field.label} ${fault}.`)
      continue
    }
    if (field.kind !== 'totp' || typed.trim() === '') return typed
    io.stderr(`Its code now: ${codeNow(new Secret(storedForm(field, typed)), clock)}`)
    if (await saysYes('Is it the code on your phone?', io)) return typed
  }
}

/** Asks a question whose answer is yes when nothing is typed. */
const saysYes = async (question: string, io: Io): Promise<boolean> =>
  /^(y|yes)?$/i.test((await io.ask(`${question} [Y/n] `)).trim())

/** Returns the note on the second factor of an unattended login. */
function secondFactorNote(name: string, broker: Broker, values: Readonly<Record<string, string>>): string {
  const totp = fieldOfKind(broker, 'totp')
  if (totp === undefined) return 'Note: whoever gets into this computer can log in with what is stored here.'
  if (filledNames(values).includes(totp.name))
    return 'Note: with password and TOTP secret on one computer, whoever gets into it has both.'
  return (
    `Note: ${name} has no TOTP secret, so each login asks you for a code, and none runs by itself. ` +
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

const brokerChoices = ({ brokers }: Services): string =>
  `Give --broker with one of: ${[...brokers.keys()].join(', ')}.`
