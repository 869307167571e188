import { readFile } from 'node:fs/promises'
import type { Services } from '../compose.ts'
import { readEnvFile } from '../core/accounts/env-file.ts'
import type { Broker } from '../core/brokers/broker.ts'
import { InputError } from '../core/errors.ts'
import { readArgs, readPairs, type Command, type CommandContext } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import type { Io } from './io.ts'

export const account: Command = {
  usage: 'account add NAME --broker ID [options] | list | edit NAME [options] | remove NAME',
  summary: 'Keep the accounts (“tokentray account add --help” tells the fields)',
  run: (context) => {
    const [action = '', ...args] = context.args
    const run = actions.get(action)
    if (run === undefined) throw new InputError({ account: `wants one of ${[...actions.keys()].join(', ')}` })
    return run({ ...context, args })
  },
}

const inputOptions = {
  'env-file': { type: 'string' },
  set: { type: 'string', multiple: true },
  endpoint: { type: 'string', multiple: true },
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
    return exitCodes.ok
  }
  const [name] = positionals
  if (name === undefined) throw new InputError({ NAME: 'is missing' })
  if (values.broker === undefined) throw new InputError({ broker: `is missing; ${known(services)}` })
  const broker = services.accounts.broker(values.broker)
  services.accounts.assertFree(name)
  const given = await readInput(broker, values)
  const input = {
    values: await askMissing(broker, given, io),
    endpoints: readPairs('endpoint', values.endpoint),
  }
  const acceptTerms = values['accept-terms'] || (await askTerms(broker, io))
  await services.accounts.add({ name, brokerId: broker.id, ...input, acceptTerms })
  io.note('Note: a password and a TOTP secret kept on one computer make one factor of the two.')
  io.print(`${name} is added. Log in with: tokentray login ${name}`)
  return exitCodes.ok
}

async function edit({ args, io, services: open }: CommandContext): Promise<number> {
  const options = { ...inputOptions, ask: { type: 'string', multiple: true } } as const
  const { values, positionals } = readArgs(args, options, { min: 1, max: 1 })
  const [name = ''] = positionals
  const { accounts } = await open()
  const { account, broker } = accounts.get(name)
  const given = await readInput(broker, values)
  for (const asked of values.ask ?? []) {
    const field = broker.fields.find((candidate) => candidate.name === asked)
    if (field === undefined) throw new InputError({ [asked]: `is not a field of ${broker.name}` })
    given[asked] = (await io.askSecret(`${field.label}: `)).reveal()
  }
  await accounts.change(name, {
    values: given,
    endpoints: { ...account.endpoints, ...readPairs('endpoint', values.endpoint) },
    acceptTerms: values['accept-terms'],
  })
  io.print(`${name} is changed.`)
  return exitCodes.ok
}

async function list({ args, io, services: open }: CommandContext): Promise<number> {
  const { values } = readArgs(args, { json: { type: 'boolean', default: false } }, { min: 0, max: 0 })
  const { accounts } = await open()
  if (values.json) {
    const report = accounts.list.map(({ name, brokerId, endpoints }) => ({
      name,
      broker: brokerId,
      endpoints,
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

async function askTerms(broker: Broker, io: Io): Promise<boolean> {
  if (!io.interactive) {
    throw new InputError({ 'accept-terms': `is missing. ${broker.terms.sentence} (${broker.terms.source})` })
  }
  io.note(`${broker.terms.sentence}\n(${broker.terms.source})`)
  return (await io.ask('Type “yes” to go on: ')).trim().toLowerCase() === 'yes'
}

function describe(broker: Broker, io: Io): void {
  io.print(`--broker ${broker.id}   ${broker.name}`)
  for (const { name, env, help, kind } of broker.fields) {
    io.print(`  ${name.padEnd(14)} ${env.padEnd(18)} ${kind === 'setting' ? '' : '(secret) '}${help}`)
  }
  for (const [key, url] of Object.entries(broker.endpoints)) io.print(`  --endpoint ${key}=${url}`)
}

const known = ({ brokers }: Services): string => `choose one of ${[...brokers.keys()].join(', ')}`
