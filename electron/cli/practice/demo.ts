import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import { composeServices, type Services } from '../../services/services.ts'
import { LoginError } from '../../core/errors.ts'
import { PracticeHost } from '../../services/practice-host.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import type { Io } from '../terminal/terminal.ts'
import { noteProgress } from '../login/login.ts'
import { watchCode } from '../token/totp.ts'
import { problemLines, tokenWords } from '../terminal/messages.ts'

/** What `npm start` does on a computer without a display where nobody sits at the terminal. */
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
      io.stderr(FORGETFUL)
      return inMemory(io, (memory) => practiseIn(memory, io))
    }
    return practiseIn(services, io)
  },
}

export const FORGETFUL = 'This practice morning goes on without one and forgets everything at its end.'

async function practiseIn(services: Services, io: Io): Promise<number> {
  const { accounts, clock, engine, tokens } = services
  const host = new PracticeHost(services)
  await host.resume()
  const name = host.accountsAt('kite-connect')[0]?.name ?? (await host.addAccount('kite-connect'))
  const stopNotes = noteProgress(services, io)
  try {
    await engine.login(name, { signal: io.signal, by: 'command line' })
    stopNotes()
    io.stdout(`${name}: ${tokenWords(accounts.open(name).account, tokens.freshness(name), clock.now())}`)
    await watchCode(services, io, name)
  } finally {
    await host.stop()
  }
  return exitCodes.ok
}

/** Runs something on services that forget everything: good enough for made-up secrets and for nothing else. */
export async function inMemory(io: Io, run: (services: Services) => Promise<number>): Promise<number> {
  const home = await mkdtemp(path.join(tmpdir(), 'tokentray-practice-'))
  try {
    return await run(await composeServices({ ...io.env, TOKENTRAY_HOME: home }, new MemoryKeychain()))
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}
