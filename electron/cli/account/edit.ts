import { checkDraft } from '../../core/accounts/check-draft.ts'
import { readProxy, withProxyPassword } from '../../core/accounts/proxy.ts'
import { ENTER_AGAIN } from '../../core/accounts/validate.ts'
import { fieldNamed } from '../../core/brokers/find-field.ts'
import { InputError } from '../../core/errors.ts'
import { readArgs, readPairs, UsageError, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { noticeIfSlow, WAITING_FOR_KEYCHAIN, WAITING_FOR_LOGIN } from '../terminal/slow-notice.ts'
import { readTotpFrom } from './totp-from.ts'
import { inputOptions, noteHints, readFamily, readInput, readMode } from './input.ts'

const options = {
  ...inputOptions,
  ask: {
    type: 'string',
    multiple: true,
    value: 'FIELD',
    help: 'Ask for this secret, unseen',
    words: 'field',
  },
  forget: {
    type: 'string',
    multiple: true,
    value: 'FIELD',
    help: 'Forget an optional field',
    words: 'field',
  },
} as const

export const edit: Command = {
  usage: 'account edit NAME [options]',
  summary: 'Change what is given and keep the rest; entering a secret again allows new attempts with it',
  options,
  takes: 'account',
  examples: [
    ['tokentray account edit zerodha-main --ask password', 'After a change at the broker'],
    [
      'tokentray account edit zerodha-main --forget totp_secret',
      'From now on the login asks you for the code',
    ],
    [
      'tokentray account edit zerodha-main --proxy http://me@proxy.example:3128 --ask proxy_password',
      'All that is sent for it goes through a proxy; asks for its secrets again',
    ],
  ],
  run: runEdit,
}

const HOW_TO_ENTER = 'Run this on a terminal to be asked for it, or give it with --env-file'

async function runEdit({ args, io, services: open }: CommandContext): Promise<number> {
  const { values, positionals } = readArgs(args, options, { min: 1, max: 1 })
  const [name = ''] = positionals
  const services = await open()
  const { accounts } = services
  const { account, broker: plain } = accounts.open(name)
  if (Object.values(values).every((value) => value === false))
    throw new UsageError({ arguments: 'Nothing to change: give --set, --ask or --env-file.' })
  const broker = withProxyPassword(
    plain,
    values.proxy === undefined ? account.proxy : readProxy(values.proxy),
  )
  const given: Record<string, string> = {
    ...(await readInput(broker, values, io)),
    ...(await readTotpFrom(values, broker, services, io)),
  }
  for (const asked of values.ask ?? []) {
    const field = fieldNamed(broker, asked)
    if (field === undefined) throw new InputError({ [asked]: `is not a field of ${broker.name}` })
    given[asked] = (await io.askSecret(`${field.label}: `)).reveal()
  }
  const change = {
    name,
    brokerId: account.brokerId,
    values: given,
    endpoints: { ...account.endpoints, ...readPairs('endpoint', values.endpoint) },
    proxy: values.proxy,
    family: readFamily(values.family),
    mode: readMode(values.mode),
    acceptTerms: values['accept-terms'],
    forget: values.forget ?? [],
  }
  const { errors } = checkDraft(accounts, name, change)
  for (const field of broker.fields) {
    if (errors[field.name] !== ENTER_AGAIN) continue
    if (!io.interactive) throw new InputError({ [field.name]: `${ENTER_AGAIN}. ${HOW_TO_ENTER}` })
    io.stderr(`The ${field.label} ${ENTER_AGAIN}.`)
    given[field.name] = (await io.askSecret(`${field.label} (not shown): `)).reveal()
  }
  const changing = accounts.change(name, change, {
    signal: io.signal,
    onWait: () => io.stderr(WAITING_FOR_LOGIN),
  })
  await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, changing)
  noteHints(broker, given, io)
  io.stdout(`${name} is changed.`)
  return exitCodes.ok
}
