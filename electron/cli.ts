#!/usr/bin/env -S node --
// The `--` keeps Node from taking our own --env-file for its option of that name.
import { composeServices, type Services } from './compose.ts'
import type { Command } from './cli/command.ts'
import { exitCodeOf, exitCodes } from './cli/exit-codes.ts'
import { terminal } from './cli/io.ts'
import { problemLines } from './cli/words.ts'
import { InputError, LoginError } from './core/errors.ts'

/** Each command is loaded when it is called: a script that asks for a token every minute should not wait for all. */
const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['account', async () => (await import('./cli/account.ts')).account],
  ['login', async () => (await import('./cli/login.ts')).login],
  ['status', async () => (await import('./cli/status.ts')).status],
  ['token', async () => (await import('./cli/token.ts')).token],
  ['totp', async () => (await import('./cli/totp.ts')).totp],
  ['history', async () => (await import('./cli/history.ts')).history],
  ['doctor', async () => (await import('./cli/doctor.ts')).doctor],
  ['logout', async () => (await import('./cli/logout.ts')).logout],
  ['practice', async () => (await import('./cli/practice.ts')).practice],
  ['morning', async () => (await import('./cli/morning.ts')).morning],
])

const io = terminal()
process.exitCode = await main(process.argv.slice(2)).catch(report)
// A keychain call that hangs must not keep a finished command alive.
if (io.signal.aborted) process.exit()

async function main([name = 'help', ...args]: string[]): Promise<number> {
  if (name === 'help' || name === '--help' || name === '-h') return help()
  const load = commands.get(name)
  if (load === undefined) throw new InputError({ command: `“${name}” is not one; see tokentray help` })
  let services: Promise<Services> | null = null
  const command = await load()
  const exitCode = await command.run({ io, args, services: () => (services ??= openServices()) })
  return exitCode
}

async function openServices(): Promise<Services> {
  const services = await composeServices(io.env)
  for (const notice of services.store.notices) io.note(notice)
  return services
}

async function help(): Promise<number> {
  io.print('Access tokens and TOTP codes for Indian brokers.\n')
  for (const load of commands.values()) {
    const { usage, summary } = await load()
    io.print(`tokentray ${usage}\n    ${summary.replaceAll('\n', '\n    ')}`)
  }
  io.print(
    '\nExit codes: 0 ok, 1 a bug, 2 usage, 3 the broker refused, 4 network or broker down, 5 keychain,',
  )
  io.print('6 attempt budget spent, 130 cancelled.')
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
