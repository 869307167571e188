import type { ProblemKind } from '../../contract/state.ts'
import type { Accounts } from '../../core/accounts/accounts.ts'
import { LoginError } from '../../core/errors.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { noticeIfSlow } from '../terminal/slow-notice.ts'
import { addressReport, NO_ACCOUNT_YET, problemLines, tokenWords } from '../terminal/messages.ts'

const options = {
  probe: { type: 'boolean', default: false, help: 'Ask each broker whether it accepts the token now' },
  json: { type: 'boolean', default: false, help: 'One JSON object' },
} as const

/** Problems that keep a probe from reaching the broker. */
const unasked: readonly ProblemKind[] = ['cancelled', 'keychain-locked', 'keychain-missing']

export const status: Command = {
  usage: 'status [NAME …] [--probe] [--json]',
  summary: 'Which tokens are good and until when; asks no broker unless --probe',
  options,
  takes: 'account',
  examples: [
    ['tokentray status', 'Every account, from memory'],
    ['tokentray status zerodha-main --probe', 'One, after asking the broker'],
    [
      `tokentray status --json | jq -r '.accounts[] | select(.freshness != "fresh") | .name'`,
      'Who needs a login',
    ],
  ],
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(args, options, { min: 0, max: Infinity })
    const services = await open()
    const { accounts, clock, engine, tokens } = services
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
      const { account, broker } = accounts.open(name)
      return { account, broker, freshness: tokens.freshness(name) }
    })
    if (values.json) {
      const report = rows.map(({ account, freshness }) => ({
        name: account.name,
        broker: account.brokerId,
        freshness,
        expires_at: isoOrNull(account.token?.expiresAt ?? null),
        problem: account.problem && { kind: account.problem.kind, message: account.problem.message },
        addresses: addressReport(account),
      }))
      io.stdout(JSON.stringify({ accounts: report }, null, 2))
      return exitCodes.ok
    }
    if (rows.length === 0) io.stderr(NO_ACCOUNT_YET)
    for (const { account, freshness } of rows) {
      io.stdout(`${account.name}: ${tokenWords(account, freshness, clock.now())}`)
      if (account.problem !== null) for (const line of problemLines(account.problem)) io.stdout(`  ${line}`)
    }
    return exitCodes.ok
  },
}

const asking = ({ account, broker }: ReturnType<Accounts['open']>): string =>
  `${account.name}: Asking ${broker.name} whether the token still works`

const isoOrNull = (epochMs: number | null): string | null =>
  epochMs === null ? null : new Date(epochMs).toISOString()
