import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod/mini'
import type { Trace } from '../electron/core/state/trace.ts'
import { registry } from '../electron/core/brokers/registry.ts'
import type { PracticeBroker } from '../practice/practice-broker.ts'
import { practiceBrokerIds, startPracticeBroker } from '../practice/start.ts'
import { Profile } from '../tests/support/profile.ts'
import { median, type Budget } from './budget.ts'
import { slowProxies } from './slow-proxies.ts'

const MANY = 50

/** Accounts added in parallel; more would only wait for each other. */
const AT_ONCE = 4

/** Delay of every reply, as if the broker were far away, ms. */
const HOLD_MS = 150
const TOTP_WINDOW_MS = 30_000

/** Time in a window within which a login need not wait for the next window, ms. */
const EARLY_MS = 10_000

/** The shortest pause between requests, for the broker with that option. Its pauses do not count as replies. */
const PAUSES = { delay_ms: '100' }

const History = z.object({
  events: z.array(z.object({ at: z.string(), account: z.string(), event: z.string() })),
})

interface Person {
  readonly name: string
  readonly broker: PracticeBroker
}

/** Measures a login's time beyond its replies, and fifty parallel logins against the slowest single one. */
export async function logins(): Promise<readonly Budget[]> {
  const profile = await Profile.create()
  const ends: (() => void | Promise<void>)[] = []
  try {
    const people = await peopleAt(practiceBrokerIds.length + MANY, ends)
    // Measures the first accounts alone, before the others are added.
    // A keyring rewrites all its content at each change, so further accounts would slow these down.
    const alone = people.slice(0, practiceBrokerIds.length)
    await addAll(profile, alone)
    await earlyInWindow()
    for (const { name } of alone) await profile.cli.mustRun('login', name)
    const together = people.slice(practiceBrokerIds.length)
    await addAll(profile, together)
    await earlyInWindow()
    await profile.cli.mustRun('login', ...together.map(({ name }) => name))

    const { events } = History.parse(JSON.parse(await profile.cli.mustRun('history', '--json')))
    const endOf = new Map(events.map(({ at, account, event }) => [`${event} ${account}`, Date.parse(at)]))
    /** Returns the trace of a login, once it is stored completely. */
    const traceOf = async ({ name }: Person): Promise<Trace> => {
      const { trace } = await profile.account(name)
      const end = endOf.get(`obtained ${name}`)
      if (trace === null || end === undefined) throw new Error(`${name} has no trace of its login.`)
      return { ...trace, ms: end - trace.startedAt }
    }
    const single = await Promise.all(alone.map(traceOf))
    const withoutPauses = single.filter((_trace, index) => !hasPauses(alone[index]?.broker.brokerId))
    const slowest = Math.max(...single.map(({ ms }) => ms))
    const many = await Promise.all(together.map(traceOf))
    const first = Math.min(...many.map(({ startedAt }) => startedAt))
    const last = Math.max(...many.map(({ startedAt, ms }) => startedAt + ms))
    return [
      {
        what: 'a login',
        limit: 1.12,
        measured: median(withoutPauses.map(overReplies)),
        unit: '× its replies',
        from: withoutPauses.map(({ ms, lines }) => `${ms} ms, ${lines.length} replies`).join('; '),
      },
      {
        what: `${MANY} logins at ${practiceBrokerIds.length} brokers`,
        limit: 3,
        measured: (last - first) / slowest,
        unit: '× the slowest alone',
        from: `${last - first} and ${slowest} ms`,
      },
    ]
  } finally {
    await profile.remove()
    for (const end of ends) await end()
  }
}

async function addAll(profile: Profile, people: readonly Person[]): Promise<void> {
  for (let next = 0; next < people.length; next += AT_ONCE) {
    const some = people.slice(next, next + AT_ONCE)
    await Promise.all(some.map(({ name, broker }) => profile.addAccount(name, broker, PAUSES)))
  }
}

const overReplies = ({ ms, lines }: Trace): number => ms / lines.reduce((sum, line) => sum + line.ms, 0)

const hasPauses = (id = ''): boolean =>
  registry.get(id)?.fields.some(({ name }) => name === 'delay_ms') ?? false

/** Creates different people at each of the brokers in turn. */
async function peopleAt(count: number, ends: (() => void | Promise<void>)[]): Promise<readonly Person[]> {
  const people: Person[] = []
  for (let index = 0; index < count; index++) {
    const id = practiceBrokerIds[index % practiceBrokerIds.length] ?? ''
    const broker = await startPracticeBroker(id, { credentials: await somebodyElse(id, index) })
    ends.push(() => broker.stop())
    const far = await slowProxies(broker.endpoints, HOLD_MS)
    ends.push(() => far.stop())
    people.push({ name: `account-${index + 1}`, broker: { ...broker, endpoints: far.urls } })
  }
  return people
}

/** Returns the made-up person's user ID with another number at its end. */
async function somebodyElse(id: string, index: number): Promise<Record<string, string>> {
  const anybody = await startPracticeBroker(id)
  await anybody.stop()
  const identity = registry.get(id)?.identity ?? ''
  const name = anybody.credentials[identity] ?? ''
  return { [identity]: name.slice(0, -2) + String(index).padStart(2, '0') }
}

/** Resolves early in a TOTP window, so that no login must wait for the next window. */
async function earlyInWindow(): Promise<void> {
  const past = Date.now() % TOTP_WINDOW_MS
  if (past > EARLY_MS) await sleep(TOTP_WINDOW_MS - past)
}
