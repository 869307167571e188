import { proxyAddress } from '../../core/accounts/proxy.ts'
import { readArgs, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { NO_ACCOUNT_YET } from '../terminal/messages.ts'

const options = {
  json: { type: 'boolean', default: false, help: 'One JSON object' },
} as const

export const list: Command = {
  usage: 'account list [--json]',
  summary: 'The accounts and their brokers',
  options,
  examples: [['tokentray account list', 'A line for each']],
  run: runList,
}

async function runList({ args, io, services: open }: CommandContext): Promise<number> {
  const { values } = readArgs(args, options, { min: 0, max: 0 })
  const { accounts } = await open()
  if (values.json) {
    const report = accounts.list.map(({ name, brokerId, endpoints, family = null, proxy }) => ({
      name,
      broker: brokerId,
      endpoints,
      proxy: proxy && proxyAddress(proxy),
      family,
    }))
    io.stdout(JSON.stringify({ accounts: report }, null, 2))
  } else {
    if (accounts.list.length === 0) io.stderr(NO_ACCOUNT_YET)
    for (const { name, brokerId } of accounts.list) io.stdout(`${name}  ${brokerId}`)
  }
  return exitCodes.ok
}
