import { version } from '../../package.json'
import type { Services } from '../compose.ts'
import { LoginError } from '../core/errors.ts'
import { accountDiagnostics } from '../core/login/diagnostics.ts'
import { readArgs, type Command } from './command.ts'
import { exitCodeOf, exitCodes } from './exit-codes.ts'
import { problemLines } from './words.ts'

export const doctor: Command = {
  usage: 'doctor [NAME …] [--json]',
  summary:
    'What to show somebody who helps you: versions, the keychain, each account’s last login; no secrets',
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(
      args,
      { json: { type: 'boolean', default: false } },
      { min: 0, max: Infinity },
    )
    const services = await open()
    const names = positionals.length > 0 ? positionals : services.accounts.list.map(({ name }) => name)
    const accounts = names.map((name) => services.accounts.get(name).account)
    const keychain = await keychainProblem(services)
    const exitCode = keychain === null ? exitCodes.ok : exitCodeOf[keychain.kind]
    const system = `${process.platform} ${process.arch}, Node ${process.versions.node}`
    const events = await services.history.read()
    if (values.json) {
      const report = {
        version,
        system,
        keychain: keychain === null ? 'ok' : keychain.kind,
        accounts: accounts.map((account) => ({
          name: account.name,
          broker: account.brokerId,
          freshness: services.tokens.freshness(account.name),
          attempts_spent: account.spent,
          attempts_left: account.attemptsLeft,
          pause_until: account.coolDownUntil,
          last_login: account.trace,
          history: events.filter((event) => event.account === account.name),
        })),
      }
      io.print(JSON.stringify(report, null, 2))
      return exitCode
    }
    io.print(`TokenTray ${version} on ${system}`)
    io.print(`Keychain: ${keychain === null ? 'ok' : problemLines(keychain).join('\n  ')}`)
    for (const account of accounts) {
      const own = events.filter((event) => event.account === account.name)
      for (const line of accountDiagnostics(account, services.tokens.freshness(account.name), own))
        io.print(line)
    }
    return exitCode
  },
}

async function keychainProblem({ keychain }: Services): Promise<LoginError | null> {
  try {
    await keychain.check()
    return null
  } catch (error) {
    if (error instanceof LoginError) return error
    throw error
  }
}
