import path from 'node:path'
// Here already, though the adapter would load it with its first request: a kill should hit the login, not the loading.
import 'tough-cookie'
import * as z from 'zod/mini'
import { HistoryFile } from '../../../electron/adapters/history-file.ts'
import { httpSessions } from '../../../electron/adapters/http.ts'
import { LockFiles } from '../../../electron/adapters/lock-files.ts'
import { MemoryKeychain } from '../../../electron/adapters/memory-keychain.ts'
import { StateFile } from '../../../electron/adapters/state-file.ts'
import { secretKey } from '../../../electron/core/state/account.ts'
import { Accounts } from '../../../electron/core/accounts/accounts.ts'
import { registry } from '../../../electron/core/brokers/registry.ts'
import { LoginError } from '../../../electron/core/errors.ts'
import { LoginEngine } from '../../../electron/core/login/engine.ts'
import { TROUBLE_PAUSES_MS } from '../../../electron/core/login/attempts/retry.ts'
import { Secret } from '../../../electron/core/secret.ts'
import { ClockOffset } from '../../../electron/core/totp/clock-offset.ts'
import { FastClock } from './fast-clock.ts'

/** What the one argument says, as JSON. */
const Task = z.object({
  /** The state folder. */
  dir: z.string(),
  /** For the clock, which it shares with its broker. */
  startedAt: z.number(),
  name: z.string(),
  /** What the user has entered, right or wrong. All made up. */
  values: z.record(z.string(), z.string()),
  endpoints: z.record(z.string(), z.string()),
  /** How many logins; null for on and on, whatever comes of them, as only a kill ends it. */
  logins: z.nullable(z.number()),
})
export type LoginTask = z.infer<typeof Task>

/**
 * TokenTray without a keychain and a face: adds its account where there is none, says "ready", logs in without
 * asking first, and says how each login ended.
 */
async function main({ dir, startedAt, name, values, endpoints, logins }: LoginTask): Promise<void> {
  const clock = new FastClock(startedAt)
  const locks = new LockFiles(path.join(dir, 'locks'), clock)
  const store = await StateFile.open(dir, locks, clock)
  const parts = {
    store,
    locks,
    clock,
    // What is tested is the state: this one is gone with the process, and filled anew by the next.
    keychain: new MemoryKeychain(),
    brokers: registry,
    history: new HistoryFile(dir, locks, clock),
    openHttp: httpSessions(clock),
    offset: new ClockOffset(clock, clock.stopwatch),
    troublePauses: TROUBLE_PAUSES_MS,
  }
  const accounts = new Accounts(parts)
  const engine = new LoginEngine({ ...parts, accounts })
  if (accounts.list.length === 0) {
    await accounts.add({ name, brokerId: 'kite-connect', values, endpoints, acceptTerms: true })
  }
  for (const { name: field, kind } of accounts.open(name).broker.fields) {
    const value = values[field]
    if (kind !== 'setting' && value !== undefined) {
      await parts.keychain.set(secretKey(name, field), new Secret(value))
    }
  }
  say('ready')
  for (let login = 0; login < (logins ?? Infinity); login++) {
    say(await engine.login(name, { force: true, by: 'command line' }).catch(kindOf))
  }
}

function kindOf(error: unknown): string {
  if (error instanceof LoginError) return error.kind
  throw error
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

await main(Task.parse(JSON.parse(process.argv[2] ?? '')))
