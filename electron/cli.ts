#!/usr/bin/env -S node --
// The `--` keeps Node from reading --env-file as its own option.
import path from 'node:path'
import { version } from '../package.json'
import type { Services } from './services/services.ts'
import { certificateNote } from './services/certificate-checks.ts'
import { asksForHelp, inputLine, UsageError, unknownCommand } from './cli/terminal/command.ts'
import { commands } from './cli/commands.ts'
import { canReplaceItself, endStuck } from './cli/terminal/exit.ts'
import { exitCodeOf, exitCodes } from './cli/terminal/exit-codes.ts'
import { terminal } from './cli/terminal/terminal.ts'
import { passphrasesOf, takePassphraseOption, type Passphrases } from './cli/terminal/passphrases.ts'
import { asCalled } from './cli/terminal/call.ts'
import { problemLines } from './cli/terminal/messages.ts'
import { InputError, LoginError } from './core/errors.ts'
import type { AccountHandle } from './core/state/account-handle.ts'

const io = terminal()
const opened: Services[] = []
process.exitCode = await main(process.argv.slice(2)).catch(report)
for (const services of opened) if (await services.isKeychainStuck()) endStuck(process.exitCode)

async function main(argv: readonly string[]): Promise<number> {
  const { args: own, fd } = takePassphraseOption(argv)
  const [name = 'help', ...args] = own
  if (name === 'help' || name === '--help' || name === '-h') return help(args)
  if (name === '--version') {
    io.stdout(version)
    return exitCodes.ok
  }
  const load = commands.get(name)
  if (load === undefined) throw unknownCommand(name, commands.keys())
  if (asksForHelp(args)) return help(own)
  let services: Promise<Services> | null = null
  const command = await load()
  const passphrases = passphrasesOf(io, fd)
  const open = (): Promise<Services> => (services ??= openServices(passphrases, name))
  try {
    return await command.run({ io, args, services: open, passphrases })
  } catch (error) {
    io.live([])
    if (error instanceof LoginError) return report(error, args)
    if (!(error instanceof UsageError)) throw error
    const [action = ''] = args
    report(error)
    io.stderr(`See: tokentray ${command.actions?.has(action) === true ? `${name} ${action}` : name} --help`)
    return exitCodes.usage
  }
}

async function openServices({ get }: Passphrases, command: string): Promise<Services> {
  // Loaded when first used, because help and completion do without.
  const [{ composeServices }, { noticeKeychain }] = await Promise.all([
    import('./services/services.ts'),
    import('./cli/terminal/slow-notice.ts'),
  ])
  const services = await composeServices(io.env, {
    askPassphrase: get,
    qrReader: path.join(import.meta.dirname, 'qr-reader.js'),
    attended: io.interactive,
    onSlowKeychain: () => {
      noticeKeychain(io)
    },
    ...(command === 'login' && !io.interactive && { beforeKeychain: tryKeychainFirst }),
  }).catch(async (error: unknown) => {
    const { openingError } = await import('./services/state-folder.ts')
    throw openingError(io.env, error)
  })
  opened.push(services)
  const certificates = certificateNote(io.withheld)
  if (certificates !== null) io.stderr(`${certificates.message} ${certificates.next}`)
  for (const notice of services.store.notices) io.stderr(notice)
  return services
}

async function tryKeychainFirst(): Promise<void> {
  if (canReplaceItself(process)) return
  const { tryKeychain } = await import('./services/try-keychain.ts')
  await tryKeychain(process.argv[1] ?? '', io.env, io.signal)
}

async function help(words: readonly string[]): Promise<number> {
  const { helpOn, overview } = await import('./cli/completion/help.ts')
  const lines = await (words.length === 0 ? overview(io.width) : helpOn(words, io.width))
  for (const line of lines) io.stdout(asCalled(line, io.call))
  return exitCodes.ok
}

/** @param args the command's arguments, which may name the account of the error */
function report(error: unknown, args: readonly string[] = []): number {
  if (error instanceof InputError) {
    for (const [input, message] of Object.entries(error.errors)) io.stderr(inputLine(input, message))
    return exitCodes.usage
  }
  if (error instanceof LoginError) {
    // Not the error's own message, because the user knows what was cancelled and it may not be a login.
    const lines = error.kind === 'cancelled' ? ['Cancelled.'] : problemLines(error, accountIn(args))
    for (const line of lines) io.stderr(line)
    return exitCodeOf[error.kind]
  }
  io.stderr(
    `This is a bug in TokenTray: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`,
  )
  return exitCodes.bug
}

/** Returns the account that the arguments of a command name first; null when they name none. */
function accountIn(args: readonly string[]): AccountHandle | null {
  const [services] = opened
  const account = services?.accounts.list.find(({ name }) => args.includes(name))
  return services === undefined || account === undefined ? null : services.accounts.open(account.name)
}
