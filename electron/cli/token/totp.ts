import { groupedCode } from '../../contract/words.ts'
import type { Services } from '../../services/services.ts'
import { wait } from '../../core/concurrency/wait.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import type { Io } from '../terminal/terminal.ts'
import { noticeIfSlow, WAITING_FOR_KEYCHAIN } from '../terminal/slow-notice.ts'

const options = {
  watch: { type: 'boolean', default: false, help: 'Go on showing it, until Ctrl-C' },
} as const

export const totp: Command = {
  usage: 'totp NAME [--watch]',
  summary: 'Print the TOTP code of this moment (--watch: with its countdown, until Ctrl-C)',
  options,
  takes: 'account',
  examples: [
    ['tokentray totp zerodha-main', 'The code to type now; the next one, when this one is about to end'],
    ['tokentray totp zerodha-main --watch', 'Each code, with the seconds it has left'],
  ],
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(args, options, { min: 1, max: 1 })
    const [name = ''] = positionals
    const services = await open()
    if (values.watch) await watchCode(services, io, name)
    else io.stdout((await noticeIfSlow(services, io, WAITING_FOR_KEYCHAIN, services.codes.toCopy(name))).code)
    return exitCodes.ok
  },
}

/** Shows the code and its seconds until Ctrl-C. Without a terminal, prints one line per code. */
export async function watchCode({ clock, codes }: Services, io: Io, name: string): Promise<void> {
  let shown = ''
  while (!io.signal.aborted) {
    const { code, endsAt } = await codes.current(name)
    if (io.interactive) {
      const seconds = Math.ceil((endsAt - clock.now()) / 1000)
      io.status(`${name}  ${groupedCode(code)}  ${String(seconds)} s`)
    } else if (code !== shown) {
      shown = code
      io.stdout(`${name}  ${groupedCode(code)}`)
    }
    const untilNextSecond = (endsAt - clock.now()) % 1000 || 1000
    await wait(clock, untilNextSecond, io.signal).catch(() => undefined)
  }
  io.status('')
}
