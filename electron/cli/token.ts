import { InputError } from '../core/errors.ts'
import { exportFormats, exportsOf, formatExports, type ExportFormat } from '../core/tokens/exports.ts'
import { assertCode, codeAsker } from './ask-code.ts'
import { readArgs, type Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { noteProgress } from './login.ts'

export const token: Command = {
  usage: 'token NAME [--field FIELD | --format raw|json|env|dotenv] [--login [--code 123456]]',
  summary: 'Print the access token, or all that a script needs with it (--login: get one first if need be)',
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(
      args,
      {
        field: { type: 'string' },
        format: { type: 'string', default: 'raw' },
        login: { type: 'boolean', default: false },
        code: { type: 'string' },
      },
      { min: 1, max: 1 },
    )
    const [name = ''] = positionals
    assertCode(values.code, positionals)
    if (values.code !== undefined && !values.login)
      throw new InputError({ code: 'is for a login: add --login' })
    const services = await open()
    const { broker } = services.accounts.get(name)
    const format = readFormat(values.format)
    const field = values.field ?? broker.tokenFields[0]
    if (!broker.tokenFields.includes(field)) {
      throw new InputError({ field: `“${field}” is not one of ${broker.tokenFields.join(', ')}` })
    }
    if (format !== 'raw' && values.field !== undefined) {
      throw new InputError({ field: 'is for the raw format; the others print every field' })
    }
    if (values.login) {
      const stopNotes = noteProgress(services, io)
      const ask = codeAsker(services, io, values.code)(name)
      await services.engine.login(name, { ask, signal: io.signal, by: 'command line' })
      stopNotes()
    }
    const bundle = await services.tokens.bundle(name)
    if (format === 'raw') io.print(bundle[field]?.reveal() ?? '')
    else io.print(formatExports(exportsOf(broker, services.accounts.get(name).account, bundle), format))
    return exitCodes.ok
  },
}

function readFormat(typed: string): ExportFormat {
  const format = exportFormats.find((known) => known === typed)
  if (format !== undefined) return format
  throw new InputError({ format: `“${typed}” is not one of ${exportFormats.join(', ')}` })
}
