import { readArgs, type Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'

export const logout: Command = {
  usage: 'logout NAME',
  summary: 'End the token at the broker, where it can be ended, and forget it here',
  run: async ({ args, io, services: open }) => {
    const { positionals } = readArgs(args, {}, { min: 1, max: 1 })
    const [name = ''] = positionals
    const { accounts, engine } = await open()
    const { broker } = accounts.get(name)
    await engine.logout(name, io.signal, 'command line')
    io.print(
      broker.revoke === null
        ? `${name}: the token is forgotten here. ${broker.name} has no way to end it, so it may work until it expires.`
        : `${name}: the token is revoked.`,
    )
    return exitCodes.ok
  },
}
