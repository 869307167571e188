import type { Services } from '../../services/services.ts'
import type { LoginOptions } from '../../core/login/types.ts'
import { SerialQueue } from '../../core/concurrency/queue.ts'
import { codeAsker } from './ask-code.ts'
import { signInAsker } from './ask-sign-in.ts'
import type { Io } from '../terminal/terminal.ts'

/**
 * How the logins of a command get what only the user can give. The person at the terminal is asked for one thing at a
 * time, however many accounts want something.
 * @param code the value of `--code`
 */
export function userAsker(
  services: Pick<Services, 'accounts'>,
  io: Io,
  code: string | undefined,
): (name: string) => Pick<LoginOptions, 'ask' | 'signIn'> {
  const turns = new SerialQueue()
  const askFor = codeAsker(services, io, code, turns)
  return (name) => {
    const signIn = signInAsker(name, io)
    const ask = askFor(name)
    return {
      ...(ask !== undefined && { ask }),
      ...(io.interactive && { signIn: (page, signal) => turns.run(() => signIn(page, signal)) }),
    }
  }
}
