import { proxyAddress } from '../../core/accounts/proxy.ts'
import { readArgs, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { NO_ACCOUNT_YET, stateSign, stateWords } from '../terminal/messages.ts'
import { table } from '../terminal/table.ts'
import { accountViews } from '../../services/account-view.ts'

const options = {
  json: { type: 'boolean', default: false, help: 'One JSON object' },
} as const

export const list: Command = {
  usage: 'account list [--json]',
  summary: 'List the accounts, their brokers and states',
  options,
  examples: [['tokentray account list', 'A line for each']],
  run: runList,
}

async function runList({ args, io, services: open }: CommandContext): Promise<number> {
  const { values } = readArgs(args, options, { min: 0, max: 0 })
  const services = await open()
  const { accounts, clock } = services
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
    else if (io.width === null)
      for (const { name, brokerId } of accounts.list) io.stdout(`${name}  ${brokerId}`)
    else {
      const now = clock.now()
      const rows = accountViews(services).map((view) => [
        stateSign(view, now),
        { text: view.name, tone: 'bold' as const },
        view.brokerId,
        stateWords(view, now),
      ])
      for (const line of table(['', 'NAME', 'BROKER', 'STATE'], rows, io.width, ['BROKER'])) io.stdout(line)
    }
  }
  return exitCodes.ok
}
