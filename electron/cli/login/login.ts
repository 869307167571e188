import type { Problem } from '../../contract/state.ts'
import { LoginError } from '../../core/errors.ts'
import type { Services } from '../../services/services.ts'
import { addressWords } from '../../core/login/addresses.ts'
import type { LoginOptions } from '../../core/login/types.ts'
import { dayOf } from '../../core/time/ist.ts'
import { isTradingDay } from '../../core/schedule/trading-days.ts'
import { clockWarning } from '../../core/totp/clock-warning.ts'
import { assertCode } from './ask-code.ts'
import { userAsker } from './ask-user.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodeOf, exitCodes } from '../terminal/exit-codes.ts'
import { plainText, type Styled } from '../terminal/styled.ts'
import type { Io } from '../terminal/terminal.ts'
import { NO_ACCOUNT_YET, problemLines, stateSign, stateWords } from '../terminal/messages.ts'
import { accountView } from '../../services/account-view.ts'
import type { AccountHandle } from '../../core/state/account-handle.ts'
import { showProgress } from './progress.ts'

const options = {
  force: { type: 'boolean', default: false, help: 'Log in even when the token at hand may still work' },
  code: { type: 'string', value: '123456', help: 'The code that the broker asks for; for one NAME' },
  'trading-days': {
    type: 'boolean',
    default: false,
    help: 'Do nothing on a day on which the exchange is closed; for schedulers',
  },
  json: { type: 'boolean', default: false, help: 'One JSON object' },
} as const

export const login: Command = {
  usage: 'login [NAME …] [--force] [--code 123456] [--trading-days] [--json]',
  summary:
    'Get working tokens; keeps the token at hand if the broker still accepts it (--force: without asking)\n' +
    '--code takes the code from your phone, where the broker asks for one. Unlike a secret it may be an argument, ' +
    'because it ends within minutes.',
  options,
  takes: 'account',
  examples: [
    ['tokentray login', 'Every account'],
    ['tokentray login zerodha-main upstox', 'These two'],
    ['tokentray login zerodha-main --code 123456', 'With the code that the Kite app shows now'],
  ],
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(args, options, { min: 0, max: Infinity })
    assertCode(values.code, positionals)
    const services = await open()
    const wanted = positionals.length > 0 ? positionals : services.accounts.namesWithLogin
    for (const name of wanted) services.accounts.open(name)
    if (services.accounts.list.length === 0) io.stderr(NO_ACCOUNT_YET)
    const isDayOff = values['trading-days'] && !isTradingToday(services)
    if (isDayOff) io.stderr('The exchange is closed today, so TokenTray asked no broker.')
    const names = isDayOff ? [] : wanted
    const progress = showProgress(services, io, names)
    const askFor = userAsker(services, io, values.code)
    const ends = io.width !== null && !values.json
    const results = await Promise.all(
      names.map(async (name) => {
        const result = await logIn(services, io, name, { force: values.force, ...askFor(name) })
        progress.end(name)
        // A person sees each login end; a script gets its lines in the order of the accounts.
        if (ends && result.line !== null) io.stdout(result.line)
        return result
      }),
    ).finally(() => {
      progress.stop()
    })
    const warning = clockWarning(services.offset.offsetMs, services.offset.agreedMs !== null)
    if (warning !== null) io.stderr(warning)
    if (values.json) io.stdout(JSON.stringify({ accounts: results.map(({ report }) => report) }, null, 2))
    else if (!ends) for (const { line } of results) if (line !== null) io.stdout(plainText(line))
    return results.find(({ exitCode }) => exitCode !== exitCodes.ok)?.exitCode ?? exitCodes.ok
  },
}

const isTradingToday = ({ clock, store }: Services): boolean =>
  isTradingDay(dayOf(clock.now()), store.state.settings.schedule)

interface Result {
  readonly exitCode: number
  readonly line: Styled | null
  readonly report: object
}

async function logIn(
  services: Services,
  io: Io,
  name: string,
  options: Pick<LoginOptions, 'force' | 'ask' | 'signIn'>,
): Promise<Result> {
  const { accounts, clock, engine } = services
  try {
    const result = await engine.login(name, { ...options, signal: io.signal, by: 'command line' })
    const handle = accounts.open(name)
    const { account, broker } = handle
    const { addresses } = account
    if (result === 'obtained' && addresses !== undefined)
      for (const words of addressWords(broker.name, addresses)) io.stderr(`${name}: ${words}`)
    // The current token works, but the next login will fail.
    if (account.problem !== null) printProblem(io, handle, account.problem)
    const view = accountView(services, account, broker)
    const words = stateWords(view, clock.now())
    const line: Styled =
      io.width === null
        ? `${name}: ${words}`
        : [stateSign(view, clock.now()), ' ', { text: name, tone: 'bold' }, `  ${words}`]
    return { exitCode: exitCodes.ok, line, report: { name, result } }
  } catch (error) {
    if (!(error instanceof LoginError)) throw error
    printProblem(io, accounts.open(name), error)
    const { kind, message, next, brokerWords } = error
    const report = { name, result: 'failed', problem: { kind, message, next, broker_words: brokerWords } }
    return { exitCode: exitCodeOf[kind], line: null, report }
  }
}

/** Prints an account's problem, its name first. */
export function printProblem(io: Io, account: AccountHandle, problem: Problem | LoginError): void {
  const [first = '', ...others] =
    problem.kind === 'cancelled' ? [problem.message] : problemLines(problem, account)
  if (io.isLive)
    io.stderr([{ text: '✗', tone: 'bad' }, ' ', { text: account.name, tone: 'bold' }, `  ${first}`])
  else io.stderr(`${account.name}: ${first}`)
  for (const line of others) io.stderr(line)
}
