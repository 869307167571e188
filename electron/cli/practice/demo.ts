import { withServicesInMemory } from '../../services/in-memory.ts'
import type { Services } from '../../services/services.ts'
import { LoginError } from '../../core/errors.ts'
import { PracticeHost } from '../../services/practice-host.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import type { Io } from '../terminal/terminal.ts'
import { accountView } from '../../services/account-view.ts'
import { showProgress } from '../login/progress.ts'
import { watchCode } from '../token/totp.ts'
import { NOTHING_IS_KEPT, problemLines, stateWords } from '../terminal/messages.ts'

/** Runs a practice morning, as `npm start` does without a display and without a terminal. */
export const morning: Command = {
  usage: 'morning',
  summary: 'Log in a practice account and show its code, until Ctrl-C',
  run: async ({ args, io, services: open }) => {
    readArgs(args, {}, { min: 0, max: 0 })
    const services = await open()
    try {
      await services.keychain.check()
    } catch (error) {
      if (!(error instanceof LoginError)) throw error
      for (const line of problemLines(error)) io.stderr(line)
      io.stderr(NOTHING_IS_KEPT)
      return withServicesInMemory(io.env, (memory) => practiseIn(memory, io))
    }
    return practiseIn(services, io)
  },
}

async function practiseIn(services: Services, io: Io): Promise<number> {
  const { accounts, clock, engine } = services
  const host = new PracticeHost(services)
  await host.resume()
  const name = host.accountsAt('kite-connect')[0]?.name ?? (await host.addAccount('kite-connect'))
  const progress = showProgress(services, io, [name])
  try {
    await engine.login(name, { signal: io.signal, by: 'command line' }).finally(() => {
      progress.stop()
    })
    const { account, broker } = accounts.open(name)
    io.stdout(`${name}: ${stateWords(accountView(services, account, broker), clock.now())}`)
    await watchCode(services, io, name)
  } finally {
    await host.stop()
  }
  return exitCodes.ok
}
