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
import type { Io } from '../terminal/terminal.ts'
import { SLOW_NOTICE_MS } from '../terminal/slow-notice.ts'
import { NO_ACCOUNT_YET, problemLines, tokenWords } from '../terminal/messages.ts'

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
    'Get a working token; keeps the one at hand if the broker still accepts it (--force: no asking)\n' +
    '--code: the code of this moment, where the broker asks for one that only you have. Unlike a secret it may be ' +
    'an argument, because it soon opens nothing any more.',
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
    if (isDayOff) io.stderr('The exchange is closed today, so nothing was asked of any broker.')
    const names = isDayOff ? [] : wanted
    const stopProgress = printProgress(services, io, names)
    const askFor = userAsker(services, io, values.code)
    const results = await Promise.all(
      names.map((name) => logIn(services, io, name, { force: values.force, ...askFor(name) })),
    )
    stopProgress()
    const warning = clockWarning(services.offset.offsetMs, services.offset.agreedMs !== null)
    if (warning !== null) io.stderr(warning)
    if (values.json) io.stdout(JSON.stringify({ accounts: results.map(({ report }) => report) }, null, 2))
    else for (const { line } of results) if (line !== null) io.stdout(line)
    return results.find(({ exitCode }) => exitCode !== exitCodes.ok)?.exitCode ?? exitCodes.ok
  },
}

const isTradingToday = ({ clock, store }: Services): boolean =>
  isTradingDay(dayOf(clock.now()), store.state.settings.schedule)

interface Result {
  readonly exitCode: number
  readonly line: string | null
  readonly report: object
}

async function logIn(
  { accounts, clock, engine, tokens }: Services,
  io: Io,
  name: string,
  options: Pick<LoginOptions, 'force' | 'ask' | 'signIn'>,
): Promise<Result> {
  try {
    const result = await engine.login(name, { ...options, signal: io.signal, by: 'command line' })
    const { account, broker } = accounts.open(name)
    const { addresses } = account
    if (result === 'obtained' && addresses !== undefined)
      for (const words of addressWords(broker.name, addresses)) io.stderr(`${name}: ${words}`)
    // The current token works, but the next login will fail.
    if (account.problem !== null) printProblem(io, name, account.problem)
    const words = tokenWords(account, tokens.freshness(name), clock.now())
    return { exitCode: exitCodes.ok, line: `${name}: ${words}`, report: { name, result } }
  } catch (error) {
    if (!(error instanceof LoginError)) throw error
    printProblem(io, name, error)
    const { kind, message, next, brokerWords } = error
    const report = { name, result: 'failed', problem: { kind, message, next, broker_words: brokerWords } }
    return { exitCode: exitCodeOf[kind], line: null, report }
  }
}

/** Prints an account's problem, its name first. */
export function printProblem(io: Io, name: string, problem: Problem | LoginError): void {
  const [first = '', ...others] = problemLines(problem)
  io.stderr(`${name}: ${first}`)
  for (const line of others) io.stderr(line)
}

/**
 * Prints each step of each login as it begins.
 * @param names the accounts that log in; an account without a step for a moment is probing its token first
 * @returns what stops it
 */
export function printProgress(
  { accounts, clock, engine }: Services,
  io: Io,
  names: readonly string[] = [],
): () => void {
  const printed = new Map<string, string>()
  const cancel = clock.after(SLOW_NOTICE_MS, () => {
    for (const name of names) {
      if (printed.has(name) || accounts.open(name).account.token === null) continue
      io.stderr(`${name}: Asking ${accounts.open(name).broker.name} whether the token still works`)
    }
  })
  const stopListening = engine.onProgress(() => {
    for (const [name, { step, total, label }] of engine.progress) {
      const line = `${name}: ${label} · step ${String(step)} of ${String(total)}`
      if (printed.get(name) !== line) io.stderr(line)
      printed.set(name, line)
    }
  })
  return () => {
    cancel()
    stopListening()
  }
}
