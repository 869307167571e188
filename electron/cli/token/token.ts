import { InputError } from '../../core/errors.ts'
import { bundleFields } from '../../core/accounts/bundle.ts'
import { exportsOf, misreaders } from '../../core/accounts/exports.ts'
import { inForm } from '../../core/accounts/token-forms.ts'
import { assertCode } from '../login/ask-code.ts'
import { userAsker } from '../login/ask-user.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { formatOption, readFormat } from './format.ts'
import { showProgress } from '../login/progress.ts'
import { noticeIfSlow, WAITING_FOR_KEYCHAIN } from '../terminal/slow-notice.ts'

const options = {
  field: {
    type: 'string',
    value: 'FIELD',
    help: 'One field of what the broker hands out',
    words: 'token field',
  },
  format: formatOption,
  out: {
    type: 'string',
    value: 'FILE',
    help: 'Into a file that only you can read; its other lines are kept',
    words: 'file',
  },
  replace: { type: 'boolean', default: false, help: 'Replace the whole file, whatever is in it' },
  login: { type: 'boolean', default: false, help: 'Get a token first if there is none that works' },
  code: { type: 'string', value: '123456', help: 'The code that the broker asks for at that login' },
} as const

export const token: Command = {
  usage: 'token NAME [--field FIELD | --format FORMAT] [--out FILE [--replace]] [--login [--code 123456]]',
  summary: 'Print the access token, or all that a script needs with it (--login: get one first if need be)',
  options,
  takes: 'account',
  examples: [
    ['TOKEN=$(tokentray token zerodha-main --login)', 'Into a variable of a shell script'],
    [
      'eval "$(tokentray token zerodha-main --login --format env)"',
      'Everything, for the programs that follow',
    ],
    ['tokentray token zerodha-main --format fish | source', 'The same in fish'],
    [
      'tokentray token zerodha-main --login --format powershell | Out-String | Invoke-Expression',
      'The same in PowerShell',
    ],
    [
      'for /f "delims=" %i in (\'tokentray token zerodha-main --login --format cmd\') do @%i',
      'The same in Windows’ cmd; %%i in a batch file',
    ],
    [
      'tokentray token zerodha-main --format dotenv --out .env',
      'Into your .env file, whose other lines stay',
    ],
    ['tokentray token upstox --format json', 'For a program'],
    [
      'tokentray token zerodha-main --format header | curl -H @- https://api.kite.trade/user/profile',
      'Into a call of your own',
    ],
  ],
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(args, options, { min: 1, max: 1 })
    const [name = ''] = positionals
    assertCode(values.code, positionals)
    if (values.code !== undefined && !values.login)
      throw new InputError({ code: 'is for a login: add --login' })
    const services = await open()
    const handle = services.accounts.open(name)
    const { broker } = handle
    const format = readFormat(values.format)
    const field = values.field ?? broker.tokenFields[0]
    const known = bundleFields(broker)
    if (!known.includes(field)) {
      throw new InputError({ field: `“${field}” is not one of ${known.join(', ')}` })
    }
    if (format !== 'raw' && values.field !== undefined) {
      throw new InputError({ field: 'is for the raw format; the others print all that a call needs' })
    }
    // Checks options and file before the login, so that none is made in vain.
    if (values.replace && values.out === undefined) throw new InputError({ replace: 'is for --out' })
    const file =
      values.out === undefined
        ? null
        : await (
            await import('./token-file.ts')
          ).openTokenFile(values.out, {
            format,
            replace: values.replace,
            envs: Object.values(broker.exports),
            locks: services.locks,
          })
    if (values.login) {
      const progress = showProgress(services, io, [name])
      const answers = userAsker(services, io, values.code)(name)
      await services.engine.login(name, { ...answers, signal: io.signal, by: 'command line' }).finally(() => {
        progress.stop()
      })
    }
    const bundle = await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, services.tokens.bundle(name))
    const exported = exportsOf(broker, handle.account, bundle)
    const text = format === 'raw' ? (bundle[field]?.reveal() ?? '') : await inForm(format, handle, bundle)
    if (file === null) io.stdout(text)
    else {
      await file.write(exported, text)
      io.stderr(`${values.out ?? ''} is written. Whoever can read it has the token.`)
    }
    const misread = misreaders(exported, format)
    if (misread !== null) io.stderr(misread)
    return exitCodes.ok
  },
}
