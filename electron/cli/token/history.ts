import { eventLine } from '../../core/login/diagnostics.ts'
import { harmless } from '../../core/harmless.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'

const options = {
  json: { type: 'boolean', default: false, help: 'One JSON object' },
} as const

export const history: Command = {
  usage: 'history [NAME …] [--json]',
  summary: 'Show when tokens were obtained, copied and revoked, and by what, for the last 90 days',
  options,
  takes: 'account',
  examples: [
    ['tokentray history', 'Of every account, oldest first'],
    ['tokentray history zerodha-main --json', 'Of one, for a program'],
  ],
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(args, options, { min: 0, max: Infinity })
    const services = await open()
    for (const name of positionals) services.accounts.open(name)
    const isWanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name)
    const events = (await services.history.read()).filter(({ account }) => isWanted(account))
    if (values.json) {
      const report = events.map(({ at, ...event }) => ({ at: new Date(at).toISOString(), ...event }))
      io.stdout(JSON.stringify({ events: report }, null, 2))
    } else {
      if (events.length === 0)
        io.stderr('Nothing yet. TokenTray notes when a token is obtained, copied or ended.')
      for (const event of events) io.stdout(harmless(`${event.account}: ${eventLine(event)}`))
    }
    return exitCodes.ok
  },
}
