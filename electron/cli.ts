#!/usr/bin/env -S node --
// The `--` keeps Node from taking our own --env-file for its option of that name.
import type { Services } from './compose.ts'
import { asksForHelp } from './cli/command.ts'
import { commands } from './cli/commands.ts'
import { exitCodeOf, exitCodes } from './cli/exit-codes.ts'
import { terminal } from './cli/io.ts'
import { passphrasesOf, takePassphraseOption, type Passphrases } from './cli/passphrases.ts'
import { problemLines } from './cli/words.ts'
import { InputError, LoginError } from './core/errors.ts'

const io = terminal()
process.exitCode = await main(process.argv.slice(2)).catch(report)

async function main(argv: readonly string[]): Promise<number> {
  const { args: own, fd } = takePassphraseOption(argv)
  const [name = 'help', ...args] = own
  if (name === 'help' || name === '--help' || name === '-h') return help(args)
  const load = commands.get(name)
  if (load === undefined) throw new InputError({ command: `“${name}” is not one; see tokentray help` })
  if (asksForHelp(args)) return help(own)
  let services: Promise<Services> | null = null
  const command = await load()
  const passphrases = passphrasesOf(io, fd)
  const open = (): Promise<Services> => (services ??= openServices(passphrases))
  return command.run({ io, args, services: open, passphrases })
}

async function openServices({ get }: Passphrases): Promise<Services> {
  // Loaded when first used: help and completion do without.
  const { composeServices } = await import('./compose.ts')
  const services = await composeServices(io.env, undefined, get)
  for (const notice of services.store.notices) io.note(notice)
  return services
}

async function help(words: readonly string[]): Promise<number> {
  const { helpOn, overview } = await import('./cli/help.ts')
  for (const line of await (words.length === 0 ? overview() : helpOn(words))) io.print(line)
  return exitCodes.ok
}

function report(error: unknown): number {
  if (error instanceof InputError) {
    for (const [input, message] of Object.entries(error.errors)) io.note(`${input} ${message}`)
    return exitCodes.usage
  }
  if (error instanceof LoginError) {
    for (const line of problemLines(error)) io.note(line)
    return exitCodeOf[error.kind]
  }
  io.note(
    `This is a bug in TokenTray: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`,
  )
  return exitCodes.bug
}
