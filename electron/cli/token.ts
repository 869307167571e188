import { InputError } from '../core/errors.ts'
import { readArgs, type Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { noteProgress } from './login.ts'

export const token: Command = {
  usage: 'token NAME [--field FIELD] [--login]',
  summary: 'Print the access token (--login: get one first if need be)',
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(
      args,
      { field: { type: 'string' }, login: { type: 'boolean', default: false } },
      { min: 1, max: 1 },
    )
    const [name = ''] = positionals
    const services = await open()
    const { broker } = services.accounts.get(name)
    const field = values.field ?? broker.tokenFields[0]
    if (!broker.tokenFields.includes(field)) {
      throw new InputError({ field: `“${field}” is not one of ${broker.tokenFields.join(', ')}` })
    }
    if (values.login) {
      const stopNotes = noteProgress(services, io)
      await services.engine.login(name, { signal: io.signal, by: 'command line' })
      stopNotes()
    }
    const bundle = await services.tokens.bundle(name)
    io.print(bundle[field]?.reveal() ?? '')
    return exitCodes.ok
  },
}
