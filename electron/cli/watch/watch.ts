import { isatty } from 'node:tty'
import { withServicesInMemory } from '../../services/in-memory.ts'
import type { Services } from '../../services/services.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import type { Io } from '../terminal/terminal.ts'
import { NOTHING_IS_KEPT, problemLines } from '../terminal/messages.ts'

export const watch: Command = {
  usage: 'watch',
  summary:
    'The accounts as the tray app shows them, on the terminal: status, live codes, keys to log in and to copy',
  run: async ({ args, io, services: open, passphrases }) => {
    readArgs(args, {}, { min: 0, max: 0 })
    if (!io.interactive || !isatty(1) || !canDraw(io.env, process.platform)) {
      throw new InputError({
        watch: 'needs a terminal that it can draw on. For scripts there is: tokentray status --json',
      })
    }
    const services = await open()
    try {
      // Opens a sealed keychain now, while the terminal can still prompt for its passphrase.
      await services.keychain.check()
    } catch (error) {
      if (!(error instanceof LoginError) || error.kind === 'cancelled') throw error
      if ((await services.chosenKeychain.kind()) === 'sealed-file') throw error
      if (services.accounts.list.length === 0) return practise(error, io)
    }
    passphrases.stopAsking()
    return show(services, io)
  },
}

/** Runs on services in memory, because no keychain can keep secrets here. */
function practise(error: LoginError, io: Io): Promise<number> {
  for (const line of [...problemLines(error), NOTHING_IS_KEPT]) io.stderr(line)
  return withServicesInMemory(io.env, (services) => show(services, io))
}

async function show(services: Services, io: Io): Promise<number> {
  const [{ PracticeHost }, { openScreen }, { Watcher }] = await Promise.all([
    import('../../services/practice-host.ts'),
    import('./screen.ts'),
    import('./watcher.ts'),
  ])
  const screen = openScreen()
  const practice = new PracticeHost(services)
  try {
    await new Watcher({ services, screen, env: io.env, practice, signal: io.signal }).run()
  } finally {
    screen.close()
  }
  return io.signal.aborted ? exitCodes.cancelled : exitCodes.ok
}

/** Tells whether the terminal can draw. Windows' own terminals can and set no `TERM`; elsewhere none without it can. */
export function canDraw(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  const term = env['TERM'] ?? ''
  return term === '' ? platform === 'win32' : term !== 'dumb'
}
