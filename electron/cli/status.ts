import { LoginError } from '../core/errors.ts'
import { readArgs, type Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { problemLines, tokenWords } from './words.ts'

export const status: Command = {
  usage: 'status [NAME …] [--probe] [--json]',
  summary: 'Which tokens are good and until when; asks no broker unless --probe',
  run: async ({ args, io, services: open }) => {
    const { values, positionals } = readArgs(
      args,
      { probe: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
      { min: 0, max: Infinity },
    )
    const { accounts, clock, engine, tokens } = await open()
    const names = positionals.length > 0 ? positionals : accounts.list.map(({ name }) => name)
    for (const name of names) accounts.get(name)
    if (values.probe) {
      await Promise.all(
        names.map((name) =>
          engine.probe(name, io.signal).catch((error: unknown) => {
            // The answer, also "could not be asked", is in the state that is shown next.
            if (!(error instanceof LoginError) || error.kind === 'cancelled') throw error
          }),
        ),
      )
    }
    const rows = names.map((name) => ({ ...accounts.get(name), freshness: tokens.freshness(name) }))
    if (values.json) {
      const report = rows.map(({ account, freshness }) => ({
        name: account.name,
        broker: account.brokerId,
        freshness,
        expires_at: isoOrNull(account.token?.expiresAt ?? null),
        problem: account.problem && { kind: account.problem.kind, message: account.problem.message },
      }))
      io.print(JSON.stringify({ accounts: report }, null, 2))
      return exitCodes.ok
    }
    if (rows.length === 0) io.note('No account yet. Add one with: tokentray account add NAME --broker ID')
    for (const { account, freshness } of rows) {
      io.print(`${account.name}: ${tokenWords(account, freshness, clock.now())}`)
      if (account.problem !== null) for (const line of problemLines(account.problem)) io.print(`  ${line}`)
    }
    return exitCodes.ok
  },
}

const isoOrNull = (epochMs: number | null): string | null =>
  epochMs === null ? null : new Date(epochMs).toISOString()
