import type { Broker } from '../../core/brokers/broker.ts'
import type { LogoutResult } from '../../core/login/types.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { noticeIfSlow, WAITING_FOR_LOGIN } from '../terminal/slow-notice.ts'

const words: Readonly<Record<LogoutResult, (broker: Pick<Broker, 'name' | 'revoke'>) => string>> = {
  revoked: () => 'the token is revoked.',
  forgotten: ({ name, revoke }) =>
    `the token is forgotten here. ${revoke === null ? `${name} has no way to end it` : 'It was not sent to the account’s changed addresses'}, so it may work until it expires.`,
  nothing: () => 'there is no token to end.',
}

export const logout: Command = {
  usage: 'logout NAME',
  summary: 'End the token at the broker, where it can be ended, and forget it here',
  takes: 'account',
  examples: [
    ['tokentray logout zerodha-main', 'At the end of the day, or when a token has got into wrong hands'],
  ],
  run: async ({ args, io, services: open }) => {
    const { positionals } = readArgs(args, {}, { min: 1, max: 1 })
    const [name = ''] = positionals
    const services = await open()
    const { broker } = services.accounts.open(name)
    const sentence = `${name}: Asking ${broker.name} to end the token`
    const ending = services.engine.logout(name, io.signal, 'command line', () =>
      io.stderr(`${name}: ${WAITING_FOR_LOGIN}`),
    )
    const result = await noticeIfSlow(services, io, sentence, ending)
    io.stdout(`${name}: ${words[result](broker)}`)
    return exitCodes.ok
  },
}
