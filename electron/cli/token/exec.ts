import type { Services } from '../../services/services.ts'
import { InputError, LoginError } from '../../core/errors.ts'
import { exportsOf } from '../../core/accounts/exports.ts'
import { assertCode } from '../login/ask-code.ts'
import { userAsker } from '../login/ask-user.ts'
import { readArgs, UsageError, type Command } from '../terminal/command.ts'
import { exitCodeOf } from '../terminal/exit-codes.ts'
import type { Io } from '../terminal/terminal.ts'
import { printProblem } from '../login/login.ts'
import { showProgress } from '../login/progress.ts'
import { isFound, reportNotFound, runChild } from '../terminal/run-child.ts'

const options = {
  code: { type: 'string', value: '123456', help: 'The code that the broker asks for; for one NAME' },
} as const

export const exec: Command = {
  usage: 'exec NAME [NAME …] [--code 123456] -- COMMAND …',
  summary:
    'Run a command with the tokens in its environment, and nowhere else; logs in first if need be\n' +
    'The names are those of “token --format env”. Signals and the exit code are passed through: 128 and its number for ' +
    'a signal, 127 for a command that is not found, 126 for one that can’t be run. When a login fails, the command is ' +
    'not run, and the exit code is that of “login”.',
  options,
  takes: 'account',
  examples: [
    ['tokentray exec zerodha-main -- python3 strategy.py', 'It finds KITE_API_KEY and KITE_ACCESS_TOKEN'],
    ['tokentray exec zerodha-main upstox -- node arbitrage.js', 'With the tokens of two brokers'],
    [`tokentray exec zerodha-main -- sh -c 'env | grep -o "^KITE_[A-Z_]*"'`, 'What it finds, by name'],
  ],
  run: async ({ args, io, services: open }) => {
    const at = args.indexOf('--')
    const [file, ...words] = at === -1 ? [] : args.slice(at + 1)
    if (file === undefined)
      throw new UsageError({ COMMAND: 'Which command? As in: tokentray exec NAME -- python3 strategy.py' })
    const { values, positionals } = readArgs(args.slice(0, at), options, { min: 1, max: Infinity })
    const names = [...new Set(positionals)]
    assertCode(values.code, names)
    // Before the login, which would be made in vain.
    if (!isFound(file, io.env)) return reportNotFound(file, io)
    const services = await open()
    assertNoSharedVariables(services, names)
    const failed = await logIn(services, io, names, values.code)
    if (failed !== null) return failed
    return runChild(file, words, await environment(services, io, names), io)
  },
}

/** @throws InputError for accounts that set the same variables, of which a command would see only the last */
function assertNoSharedVariables({ accounts }: Services, names: readonly string[]): void {
  const takenBy = new Map<string, string>()
  for (const name of names) {
    for (const variable of Object.values(accounts.open(name).broker.exports)) {
      const other = takenBy.get(variable)
      if (other !== undefined) {
        throw new InputError({
          NAME: `${other} and ${name} both set ${variable}. Run the command once for each, or have it call “tokentray token”`,
        })
      }
      takenBy.set(variable, name)
    }
  }
}

/** Logs in all accounts at once. Returns the exit code of the first failure; null without one. */
async function logIn(
  services: Services,
  io: Io,
  names: readonly string[],
  code: string | undefined,
): Promise<number | null> {
  const progress = showProgress(services, io, names)
  const askFor = userAsker(services, io, code)
  const failures = await Promise.all(
    names.map(async (name) => {
      try {
        await services.engine.login(name, { ...askFor(name), signal: io.signal, by: 'exec' })
        return null
      } catch (error) {
        if (!(error instanceof LoginError)) throw error
        printProblem(io, services.accounts.open(name), error)
        return exitCodeOf[error.kind]
      } finally {
        progress.end(name)
      }
    }),
  ).finally(() => {
    progress.stop()
  })
  return failures.find((failure) => failure !== null) ?? null
}

/**
 * Returns this environment plus the tokens, for the command alone: other processes can read this process's own. The
 * way to systemd's credentials is left out, because one of them opens the sealed file.
 */
async function environment(
  { accounts, tokens }: Services,
  io: Io,
  names: readonly string[],
): Promise<NodeJS.ProcessEnv> {
  const variables = await Promise.all(
    names.map(async (name) => {
      const { account, broker } = accounts.open(name)
      return exportsOf(broker, account, await tokens.bundle(name)).map(
        ({ env, value }) => [env, value] as const,
      )
    }),
  )
  const inherited = { ...io.env, ...io.withheld, CREDENTIALS_DIRECTORY: undefined }
  return { ...inherited, ...Object.fromEntries(variables.flat()) }
}
