import { readArgs, type Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'

export const logout: Command = {
  usage: 'logout NAME',
  summary: 'End the token at the broker and forget it here',
  run: async ({ args, io, services: open }) => {
    const { positionals } = readArgs(args, {}, { min: 1, max: 1 })
    const [name = ''] = positionals
    const { engine } = await open()
    await engine.logout(name, io.signal, 'command line')
    io.print(`${name}: the token is revoked.`)
    return exitCodes.ok
  },
}
