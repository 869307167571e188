import { readProxy, withProxyPassword } from '../../core/accounts/proxy.ts'
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
      'All that is sent for it goes through a proxy',
    ],
  ],
  run: runEdit,
}

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
    const field = broker.fields.find((candidate) => candidate.name === asked)
    if (field === undefined) throw new InputError({ [asked]: `is not a field of ${broker.name}` })
    given[asked] = (await io.askSecret(`${field.label}: `)).reveal()
  }
  const change = {
    values: given,
    endpoints: { ...account.endpoints, ...readPairs('endpoint', values.endpoint) },
    proxy: values.proxy,
    family: readFamily(values.family),
    mode: readMode(values.mode),
    acceptTerms: values['accept-terms'],
    forget: values.forget ?? [],
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
