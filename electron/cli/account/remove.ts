import { readArgs, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { noticeIfSlow, WAITING_FOR_KEYCHAIN, WAITING_FOR_LOGIN } from '../terminal/slow-notice.ts'

export const remove: Command = {
  usage: 'account remove NAME',
  summary: 'Remove an account and all its secrets; its token is not ended at the broker, see logout',
  takes: 'account',
  examples: [['tokentray account remove zerodha-main', 'It can’t be brought back']],
  run: runRemove,
}

async function runRemove({ args, io, services: open }: CommandContext): Promise<number> {
  const { positionals } = readArgs(args, {}, { min: 1, max: 1 })
  const [name = ''] = positionals
  const services = await open()
  const removing = services.accounts.remove(name, {
    signal: io.signal,
    onWait: () => io.stderr(WAITING_FOR_LOGIN),
  })
  await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, removing)
  io.stdout(`${name} and its secrets are removed.`)
  return exitCodes.ok
}
