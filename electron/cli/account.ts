import { readFile } from 'node:fs/promises'
import type { Services } from '../compose.ts'
import { isForCodesAlone } from '../core/accounts/codes-alone.ts'
import { readEnvFile } from '../core/accounts/env-file.ts'
import { proxyAddress, proxyPassword, readProxy, withProxyPassword } from '../core/accounts/proxy.ts'
import type { Broker, Field } from '../core/brokers/broker.ts'
import { InputError } from '../core/errors.ts'
import { previewImport } from './account-import.ts'
import { readArgs, readPairs, type Command, type CommandContext } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { refuseAddresses } from './import-source.ts'
import type { Io } from './io.ts'
import { readTotpFrom, totpFromOptions } from './totp-from.ts'

export const account: Command = {
  usage: 'account add NAME --broker ID [options] | import FILE|- | list | edit NAME [options] | remove NAME',
  summary: 'Keep the accounts (“tokentray account add --help” tells the fields)',
  run: (context) => {
    const [action = '', ...args] = context.args
    const run = actions.get(action)
    if (run === undefined) throw new InputError({ account: `wants one of ${[...actions.keys()].join(', ')}` })
    refuseAddresses(args)
    return run({ ...context, args })
  },
}

const inputOptions = {
  'env-file': { type: 'string' },
  set: { type: 'string', multiple: true },
  endpoint: { type: 'string', multiple: true },
  proxy: { type: 'string' },
  ...totpFromOptions,
  'accept-terms': { type: 'boolean', default: false },
} as const

interface InputOptions {
  readonly 'env-file'?: string | undefined
  readonly set?: string[] | undefined
  readonly endpoint?: string[] | undefined
}

async function add({ args, io, services: open }: CommandContext): Promise<number> {
  const options = {
    ...inputOptions,
    broker: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const
  const { values, positionals } = readArgs(args, options, { min: 0, max: 1 })
  const services = await open()
  if (values.help === true) {
    for (const broker of services.brokers.values()) describe(broker, io)
    io.print('With every broker:')
    io.print(
      '  --totp-from FILE|- [--totp-label LABEL]   the TOTP secret from a QR code’s picture or an export',
    )
    io.print('  --proxy http://user@host:3128, https://… or socks5://…')
    io.print(`  ${fieldLine(proxyPassword)}`)
    return exitCodes.ok
  }
  const [name] = positionals
  if (name === undefined) throw new InputError({ NAME: 'is missing' })
  if (values.broker === undefined) throw new InputError({ broker: `is missing; ${known(services)}` })
  const broker = withProxyPassword(services.accounts.broker(values.broker), readProxy(values.proxy ?? ''))
  services.accounts.assertFree(name)
  const given = {
    ...(await readInput(broker, values)),
    ...(await readTotpFrom(values, broker, services, io)),
  }
  const input = {
    values: await askMissing(broker, given, io),
    endpoints: readPairs('endpoint', values.endpoint),
    proxy: values.proxy,
  }
  const hasLogin = !isForCodesAlone(broker, namesGiven(input.values))
  const acceptTerms = values['accept-terms'] || (hasLogin && (await askTerms(broker, io)))
  await services.accounts.add({ name, brokerId: broker.id, ...input, acceptTerms })
  if (hasLogin) {
    io.note('Note: a password and a TOTP secret kept on one computer make one factor of the two.')
    io.print(`${name} is added. Log in with: tokentray login ${name}`)
  } else io.print(`${name} is added. See its code with: tokentray totp ${name}`)
  return exitCodes.ok
}

async function edit({ args, io, services: open }: CommandContext): Promise<number> {
  const options = {
    ...inputOptions,
    ask: { type: 'string', multiple: true },
    forget: { type: 'string', multiple: true },
  } as const
  const { values, positionals } = readArgs(args, options, { min: 1, max: 1 })
  const [name = ''] = positionals
  const services = await open()
  const { accounts } = services
  const { account, broker: plain } = accounts.get(name)
  const broker = withProxyPassword(
    plain,
    values.proxy === undefined ? account.proxy : readProxy(values.proxy),
  )
  const given: Record<string, string> = {
    ...(await readInput(broker, values)),
    ...(await readTotpFrom(values, broker, services, io)),
  }
  for (const asked of values.ask ?? []) {
    const field = broker.fields.find((candidate) => candidate.name === asked)
    if (field === undefined) throw new InputError({ [asked]: `is not a field of ${broker.name}` })
    given[asked] = (await io.askSecret(`${field.label}: `)).reveal()
  }
  await accounts.change(name, {
    values: given,
    endpoints: { ...account.endpoints, ...readPairs('endpoint', values.endpoint) },
    proxy: values.proxy,
    acceptTerms: values['accept-terms'],
    forget: values.forget ?? [],
  })
  io.print(`${name} is changed.`)
  return exitCodes.ok
}

async function list({ args, io, services: open }: CommandContext): Promise<number> {
  const { values } = readArgs(args, { json: { type: 'boolean', default: false } }, { min: 0, max: 0 })
  const { accounts } = await open()
  if (values.json) {
    const report = accounts.list.map(({ name, brokerId, endpoints, proxy }) => ({
      name,
      broker: brokerId,
      endpoints,
      proxy: proxy && proxyAddress(proxy),
    }))
    io.print(JSON.stringify({ accounts: report }, null, 2))
  } else {
    for (const { name, brokerId } of accounts.list) io.print(`${name}  ${brokerId}`)
  }
  return exitCodes.ok
}

async function remove({ args, io, services: open }: CommandContext): Promise<number> {
  const { positionals } = readArgs(args, {}, { min: 1, max: 1 })
  const [name = ''] = positionals
  await (await open()).accounts.remove(name)
  io.print(`${name} and its secrets are removed.`)
  return exitCodes.ok
}

const actions: ReadonlyMap<string, Command['run']> = new Map([
  ['add', add],
  ['import', previewImport],
  ['list', list],
  ['edit', edit],
  ['remove', remove],
])

/** The values from `--env-file` and `--set`; the latter may hold no secret. */
async function readInput(broker: Broker, options: InputOptions): Promise<Record<string, string>> {
  const path = options['env-file']
  const fromFile = path === undefined ? {} : readEnvFile(await readText(path), broker)
  const fromSet = readPairs('set', options.set)
  for (const field of broker.fields) {
    if (field.kind === 'setting' || fromSet[field.name] === undefined) continue
    throw new InputError({
      [field.name]:
        'is a secret, and arguments can be seen by other programs; use --env-file or type it when asked',
    })
  }
  return { ...fromFile, ...fromSet }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new InputError({ 'env-file': `${path} can’t be read (${why})` })
  }
}

/** Asks a person for what is still missing; a script is told by the check that follows. */
async function askMissing(
  broker: Broker,
  given: Record<string, string>,
  io: Io,
): Promise<Record<string, string>> {
  const values = { ...given }
  if (!io.interactive) return values
  for (const field of broker.fields) {
    if (values[field.name] !== undefined) continue
    io.note(field.help)
    values[field.name] =
      field.kind === 'setting'
        ? await io.ask(`${field.label}: `)
        : (await io.askSecret(`${field.label} (not shown): `)).reveal()
  }
  return values
}

const namesGiven = (values: Readonly<Record<string, string>>): string[] =>
  Object.keys(values).filter((name) => values[name]?.trim() !== '')

async function askTerms(broker: Broker, io: Io): Promise<boolean> {
  if (!io.interactive) {
    throw new InputError({ 'accept-terms': `is missing. ${broker.terms.sentence} (${broker.terms.source})` })
  }
  io.note(`${broker.terms.sentence}\n(${broker.terms.source})`)
  return (await io.ask('Type “yes” to go on: ')).trim().toLowerCase() === 'yes'
}

function describe(broker: Broker, io: Io): void {
  io.print(`--broker ${broker.id}   ${broker.name}`)
  for (const field of broker.fields) io.print(`  ${fieldLine(field)}`)
  for (const [key, url] of Object.entries(broker.endpoints)) io.print(`  --endpoint ${key}=${url}`)
}

const fieldLine = ({ name, env, help, kind }: Field): string =>
  `${name.padEnd(14)} ${env.padEnd(18)} ${kind === 'setting' ? '' : '(secret) '}${help}`

const known = ({ brokers }: Services): string => `choose one of ${[...brokers.keys()].join(', ')}`
