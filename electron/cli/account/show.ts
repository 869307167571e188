import { filledFields } from '../../core/state/account.ts'
import { proxyAddress, withProxyPassword } from '../../core/accounts/proxy.ts'
import { readArgs, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'

const options = {
  json: { type: 'boolean', default: false, help: 'One JSON object' },
} as const

export const show: Command = {
  usage: 'account show NAME [--json]',
  summary: 'What is stored of an account: its settings, and which secrets there are; no secret itself',
  options,
  takes: 'account',
  examples: [['tokentray account show zerodha-main', 'What to check before a login']],
  run: runShow,
}

async function runShow({ args, io, services: open }: CommandContext): Promise<number> {
  const { values, positionals } = readArgs(args, options, { min: 1, max: 1 })
  const [name = ''] = positionals
  const { account, broker } = (await open()).accounts.open(name)
  const { settings, endpoints, family = null, proxy } = account
  const held = filledFields(account)
  const secrets = withProxyPassword(broker, proxy).fields.filter(({ kind }) => kind !== 'setting')
  if (values.json) {
    const report = {
      name,
      broker: broker.id,
      settings,
      secrets: Object.fromEntries(secrets.map((field) => [field.name, held.includes(field.name)])),
      endpoints,
      proxy: proxy && proxyAddress(proxy),
      family,
      mode: account.mode ?? 'unattended',
      terms_accepted: account.termsAcceptedAt !== null,
    }
    io.stdout(JSON.stringify(report, null, 2))
    return exitCodes.ok
  }
  const lines: [what: string, value: string][] = [
    ['broker', `${broker.name} (${broker.id})`],
    ...Object.entries(settings),
    ...secrets.map((field): [string, string] => [
      field.name,
      held.includes(field.name) ? 'stored' : 'not stored',
    ]),
    ...Object.entries(endpoints).map(([key, url]): [string, string] => [`endpoint ${key}`, url]),
    ...(proxy === null ? [] : [['proxy', proxyAddress(proxy)] satisfies [string, string]]),
    ...(family === null ? [] : [['family', `IPv${family} only`] satisfies [string, string]]),
    ['mode', account.mode ?? 'unattended'],
    ['terms', account.termsAcceptedAt === null ? 'not accepted' : 'accepted'],
  ]
  for (const [what, value] of lines) io.stdout(`${what}: ${value}`)
  return exitCodes.ok
}
