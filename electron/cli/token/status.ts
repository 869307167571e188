import type { AccountView, ProblemKind } from '../../contract/state.ts'
import { hindrance, statusOf } from '../../contract/status.ts'
import { untilWords } from '../../contract/words.ts'
import type { AccountHandle } from '../../core/state/account-handle.ts'
import { LoginError } from '../../core/errors.ts'
import { accountView, summaryOfAll } from '../../services/account-view.ts'
import type { Services } from '../../services/services.ts'
import { asCalled } from '../terminal/call.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { noticeIfSlow } from '../terminal/slow-notice.ts'
import { addressReport, NO_ACCOUNT_YET, problemLines, stateSign, stateWords } from '../terminal/messages.ts'
import { folded } from '../terminal/columns.ts'
import type { Io } from '../terminal/terminal.ts'
import { table } from '../terminal/table.ts'

const options = {
  probe: { type: 'boolean', default: false, help: 'Ask each broker whether it accepts the token now' },
  json: { type: 'boolean', default: false, help: 'One JSON object' },
} as const

/** Problems that keep a probe from reaching the broker. */
const unasked: readonly ProblemKind[] = ['cancelled', 'keychain-locked', 'keychain-missing']

export const status: Command = {
  usage: 'status [NAME …] [--probe] [--json]',
  summary: 'Show which tokens are good and until when; asks no broker unless --probe',
  options,
  takes: 'account',
  examples: [
    ['tokentray status', 'Every account, from memory'],
    ['tokentray status zerodha-main --probe', 'One, after asking the broker'],
    [
      `tokentray status --json | jq -r '.accounts[] | select(.freshness != "fresh") | .name'`,
      'The accounts that need a login',
    ],
  ],
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(args, options, { min: 0, max: Infinity })
    const services = await open()
    const { accounts, engine } = services
    const names = positionals.length > 0 ? positionals : accounts.list.map(({ name }) => name)
    for (const name of names) accounts.open(name)
    if (values.probe) {
      await Promise.all(
        names.map((name) =>
          noticeIfSlow(services, io, asking(accounts.open(name)), engine.probe(name, io.signal)).catch(
            (error: unknown) => {
              // The state that is shown next has the result of the probe, also a failed one, unless none was sent.
              if (!(error instanceof LoginError) || unasked.includes(error.kind)) throw error
            },
          ),
        ),
      )
    }
    const rows = names.map((name) => {
      const handle = accounts.open(name)
      return { handle, view: accountView(services, handle.account, handle.broker) }
    })
    if (values.json) {
      const report = rows.map(({ handle: { account }, view }) => ({
        name: account.name,
        broker: account.brokerId,
        freshness: view.freshness,
        expires_at: isoOrNull(view.expiresAt),
        problem: account.problem && { kind: account.problem.kind, message: account.problem.message },
        addresses: addressReport(account),
      }))
      io.stdout(JSON.stringify({ accounts: report }, null, 2))
      return exitCodes.ok
    }
    if (rows.length === 0) io.stderr(NO_ACCOUNT_YET)
    else if (io.width === null) printPlain(rows, services, io)
    else printTable(rows, services, io, io.width)
    return exitCodes.ok
  },
}

interface Row {
  readonly handle: AccountHandle
  readonly view: AccountView
}

/** Prints a line for each account, and its problem below it. */
function printPlain(rows: readonly Row[], { clock }: Services, io: Io): void {
  for (const { handle, view } of rows) {
    io.stdout(`${view.name}: ${stateWords(view, clock.now())}`)
    if (view.problem === null) continue
    for (const line of problemLines(view.problem, handle)) io.stdout(asCalled(`  ${line}`, io.call))
  }
}

/** Prints the sum of all, a table of the accounts, and what is in the way of those in trouble. */
function printTable(rows: readonly Row[], services: Services, io: Io, width: number): void {
  const now = services.clock.now()
  const zone = new Date(now).getTimezoneOffset()
  const summary = summaryOfAll(services)
  if (summary !== null)
    io.stdout([{ text: summary.words, tone: summary.tone === 'plain' ? 'bold' : summary.tone }])
  const cells = rows.map(({ view }) => {
    const { word, tone } = statusOf(view, now)
    const end =
      view.expiresAt === null || view.freshness === 'rejected' ? '' : untilWords(view.expiresAt, now, zone)
    const until = view.freshness === 'expired' ? end.replace(/^until/, 'ended') : end
    return [
      stateSign(view, now),
      { text: view.name, tone: 'bold' as const },
      view.brokerName,
      { text: word, tone },
      until,
    ]
  })
  for (const line of table(['', 'NAME', 'BROKER', 'STATE', 'UNTIL'], cells, width, ['BROKER', 'UNTIL']))
    io.stdout(line)
  for (const { handle, view } of rows) {
    const problem = hindrance(view)
    if (problem === null) continue
    const [first = '', ...others] = problemLines(problem, handle)
    io.stdout('')
    io.stdout([
      stateSign(view, now),
      ' ',
      { text: view.name, tone: 'bold' },
      `: ${folded(first, width - view.name.length - 4)}`,
    ])
    for (const line of others) io.stdout(folded(asCalled(line, io.call), width))
  }
}

const asking = ({ account, broker }: AccountHandle): string =>
  `${account.name}: Asking ${broker.name} whether the token still works`

const isoOrNull = (epochMs: number | null): string | null =>
  epochMs === null ? null : new Date(epochMs).toISOString()
