import { spawn } from 'node:child_process'
import { sha256Hex } from '../../core/sha256.ts'
import { InputError } from '../../core/errors.ts'
import { inForm, type TokenForm } from '../../core/accounts/token-forms.ts'
import type { Services } from '../../services/services.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { noticeIfSlow, WAITING_FOR_KEYCHAIN } from '../terminal/slow-notice.ts'
import { formatOption, readFormat } from '../token/format.ts'
import { CLEAR_AFTER_MS } from './clear.ts'
import { findClipboard, runClipboard } from './clipboard.ts'

const options = {
  code: { type: 'boolean', default: false, help: 'The TOTP code in place of the access token' },
  format: formatOption,
} as const

export const copy: Command = {
  usage: 'copy NAME [--code | --format FORMAT]',
  summary: 'Copy the access token to the clipboard; it is taken off again after 30 seconds',
  options,
  takes: 'account',
  examples: [
    ['tokentray copy zerodha-main', 'To paste it elsewhere'],
    ['tokentray copy zerodha-main --code', 'The code to type on the broker’s page'],
    ['tokentray copy zerodha-main --format python', 'A call of the broker’s API with it, for a notebook'],
  ],
  run: async ({ args, io, services: open }) => {
    const { positionals, values } = readArgs(args, options, { min: 1, max: 1 })
    const [name = ''] = positionals
    const format = readFormat(values.format)
    if (values.code && format !== 'raw') throw new InputError({ format: 'is for the token, not for --code' })
    const services = await open()
    services.accounts.open(name)
    const printing = `Or print it: tokentray ${values.code ? 'totp' : 'token'} ${name}${formatOf(format)}`
    const clipboard = findClipboard(io.env)
    if (clipboard === null) throw new InputError({ copy: noClipboard(printing) })
    const { clock, codes, history } = services
    const reading = values.code
      ? codes.toCopy(name).then(({ code }) => code)
      : tokenIn(format, name, services)
    const text = await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, reading)
    if ((await runClipboard(clipboard.copy, { input: text })) === null) {
      throw new InputError({ copy: `${clipboard.copy[0]} could not copy. ${printing}` })
    }
    clearInBackground(sha256Hex(text), io.env)
    if (!values.code)
      await history.add({ at: clock.now(), account: name, event: 'copied', by: 'command line' })
    const what = values.code ? 'Code' : 'Token'
    io.stderr(`${what} of ${name} copied · clears in ${CLEAR_AFTER_MS / 1000} s`)
    return exitCodes.ok
  },
}

const noClipboard = (printing: string): string =>
  `No clipboard here: install wl-clipboard, xclip or xsel on a desktop. ${printing}`

const formatOf = (format: TokenForm): string => (format === 'raw' ? '' : ` --format ${format}`)

async function tokenIn(format: TokenForm, name: string, { accounts, tokens }: Services): Promise<string> {
  if (format === 'raw') return (await tokens.primary(name)).reveal()
  return inForm(format, accounts.open(name), await tokens.bundle(name))
}

/** Starts a process that outlives this one. It is told a hash alone, to know the copy by. */
function clearInBackground(hash: string, env: NodeJS.ProcessEnv): void {
  const [, program = ''] = process.argv
  const child = spawn(process.execPath, [program, 'clear-clipboard'], {
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    windowsHide: true,
  })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.stdin.end(hash)
  child.unref()
}
