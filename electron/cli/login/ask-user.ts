import type { Services } from '../../services/services.ts'
import type { LoginOptions } from '../../core/login/types.ts'
import { SerialQueue } from '../../core/concurrency/queue.ts'
import { codeAsker } from './ask-code.ts'
import { signInAsker } from './ask-sign-in.ts'
import type { Io } from '../terminal/terminal.ts'

/**
 * Gets what only the user can give to a command's logins. Prompts on the terminal one at a time for all accounts.
 * @param code the value of `--code`
 */
export function userAsker(
  services: Pick<Services, 'accounts'>,
  io: Io,
  code: string | undefined,
): (name: string) => Pick<LoginOptions, 'ask' | 'signIn'> {
  const prompts = new SerialQueue()
  const askFor = codeAsker(services, io, code, prompts)
  return (name) => {
    const signIn = signInAsker(name, io)
    const ask = askFor(name)
    return {
      ...(ask !== undefined && { ask }),
      ...(io.interactive && { signIn: (page, signal) => prompts.run(() => signIn(page, signal)) }),
    }
  }
}
