import path from 'node:path'
// Loaded early, because a kill should hit the login and not the adapter's lazy loading.
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

/** The only argument, as JSON. */
const Task = z.object({
  /** The state folder. */
  dir: z.string(),
  /** The start of the clock, which the broker shares. */
  startedAt: z.number(),
  name: z.string(),
  /** The user's entries, right or wrong. All made up. */
  values: z.record(z.string(), z.string()),
  endpoints: z.record(z.string(), z.string()),
  /** Number of logins; null to repeat logins until a kill, whatever their outcome. */
  logins: z.nullable(z.number()),
})
export type LoginTask = z.infer<typeof Task>

/**
 * Runs TokenTray without a keychain and a user interface. Adds its account if missing, prints "ready", logs in
 * by force and prints each outcome.
 */
async function main({ dir, startedAt, name, values, endpoints, logins }: LoginTask): Promise<void> {
  const clock = new FastClock(startedAt)
  const locks = new LockFiles(path.join(dir, 'locks'), clock)
  const store = await StateFile.open(dir, locks, clock)
  const parts = {
    store,
    locks,
    clock,
    // The test is about the state. This keychain ends with the process, and the next process fills its own.
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
