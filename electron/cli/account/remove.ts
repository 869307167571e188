import { InputError } from '../../core/errors.ts'
import { readArgs, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { noticeIfSlow, WAITING_FOR_KEYCHAIN, WAITING_FOR_LOGIN } from '../terminal/slow-notice.ts'

const options = {
  yes: { type: 'boolean', default: false, help: 'Do not ask' },
} as const

export const remove: Command = {
  usage: 'account remove NAME [--yes]',
  summary: 'Remove an account and all its secrets; its token is not ended at the broker, see logout',
  options,
  takes: 'account',
  examples: [['tokentray account remove zerodha-main', 'Asks first: it can’t be brought back']],
  run: runRemove,
}

async function runRemove({ args, io, services: open }: CommandContext): Promise<number> {
  const { positionals, values } = readArgs(args, options, { min: 1, max: 1 })
  const [name = ''] = positionals
  const services = await open()
  const { broker } = services.accounts.open(name)
  if (io.interactive && !values.yes) {
    io.stderr(`This removes ${name} (${broker.name}) with its password and TOTP secret from this computer.`)
    io.stderr('They can’t be brought back: the broker shows a TOTP secret only once.')
    const typed = await io.ask('Type the account’s name to remove it: ')
    if (typed.trim() !== name) throw new InputError({ NAME: 'Nothing is removed.' })
  }
  const removing = services.accounts.remove(name, {
    signal: io.signal,
    onWait: () => io.stderr(WAITING_FOR_LOGIN),
  })
  await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, removing)
  io.stdout(`${name} and its secrets are removed.`)
  return exitCodes.ok
}
