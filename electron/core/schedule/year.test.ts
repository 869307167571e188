import { afterEach, describe, expect, test } from 'vitest'
import { loadAhead } from '../../../simulator/load-ahead.ts'
import { TradingDesk } from '../../../tests/support/trading-desk.ts'
import { registry } from '../brokers/registry.ts'
import { LoginError } from '../errors.ts'
import { sessionOn } from './trading-days.ts'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

/** The closed weekdays of 2026 in the exchange's circulars CMTR/71775 and CMTR/72260. */
const closed2026 =
  '01-15 01-26 03-03 03-26 03-31 04-03 04-14 05-01 05-28 06-26 09-14 10-02 10-20 11-10 11-24 12-25'.split(' ')

/** The open Sundays of 2026: the budget (CMTR/72349) and Muhurat trading. */
const openSundays2026 = ['02-01', '11-08']

/** The known holidays of January 2027. */
const closed2027 = ['01-26']

function trades(day: string): boolean {
  const [year, date] = [day.slice(0, 4), day.slice(5)]
  if (year === '2026' && openSundays2026.includes(date)) return true
  const closed = year === '2026' ? closed2026 : closed2027
  return ![0, 6].includes(new Date(day).getUTCDay()) && !closed.includes(date)
}

const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(first) + index * DAY_MS).toISOString().slice(0, 10),
  )

const at = (day: string, time: string): number => Date.parse(`${day}T${time}+05:30`)

type Deed = readonly [time: string, deed: (desk: TradingDesk) => void]

const inZone = (zone: string) => (): void => void (process.env['TZ'] = zone)
const fallAsleep = (desk: TradingDesk): void => desk.clock.fallAsleep()
const wakeUp = (desk: TradingDesk): void => {
  desk.clock.wakeUp()
  desk.wake()
}
const setClock =
  (aheadMs: number) =>
  (desk: TradingDesk): void =>
    void (desk.clock.aheadMs = aheadMs)
const setOffline =
  (isOffline: boolean) =>
  (desk: TradingDesk): void => {
    desk.isOffline = isOffline
  }
const setLocked =
  (isLocked: boolean) =>
  (desk: TradingDesk): void => {
    desk.isKeychainLocked = isLocked
    if (!isLocked) desk.wake()
  }

const CLOCK_AHEAD = 'its clock is set on an hour before the run'

/** The incidents of a computer on a morning. */
const mornings: Readonly<Record<string, readonly Deed[]>> = {
  'nothing happens': [],
  'it sleeps through the run time': [
    ['06:30:00', fallAsleep],
    ['09:41:00', wakeUp],
  ],
  'it sleeps through the run time, and nobody tells of its waking': [
    ['07:55:00', fallAsleep],
    ['08:35:00', (desk) => desk.clock.wakeUp()],
  ],
  'it falls asleep in the middle of the logins': [
    ['08:15:30', fallAsleep],
    ['08:50:00', wakeUp],
  ],
  'it is off until noon': [
    ['00:30:00', (desk) => desk.stop()],
    ['12:05:00', (desk) => void desk.start()],
  ],
  'it is started anew, again and again': [
    ['08:14:59', (desk) => (desk.stop(), desk.start())],
    ['08:21:00', (desk) => (desk.stop(), desk.start())],
    ['10:00:00', (desk) => (desk.stop(), desk.start())],
  ],
  'it is offline until nine': [
    ['07:00:00', setOffline(true)],
    ['09:00:10', setOffline(false)],
  ],
  'its keychain is locked until half past nine': [
    ['07:00:00', setLocked(true)],
    ['09:30:00', setLocked(false)],
  ],
  'its clock is set back an hour after the run': [
    ['08:40:00', setClock(-HOUR_MS)],
    ['20:00:00', setClock(0)],
  ],
  'its clock is set back an hour before the run': [
    ['08:05:00', setClock(-HOUR_MS)],
    ['22:00:00', setClock(0)],
  ],
  [CLOCK_AHEAD]: [
    ['07:35:00', setClock(HOUR_MS)],
    ['21:00:00', setClock(0)],
  ],
  'its clock is set back an hour just after midnight': [
    ['00:10:00', setClock(-HOUR_MS)],
    ['06:30:00', setClock(0)],
  ],
  'its user wakes it, unlocks it and changes networks all the time': [
    ['05:10:00', wakeUp],
    ['08:14:00', wakeUp],
    ['08:16:00', wakeUp],
    ['08:16:01', wakeUp],
    ['09:16:00', wakeUp],
    ['15:29:00', wakeUp],
    ['23:59:59', wakeUp],
  ],
  'its user flies to London': [
    ['08:14:30', inZone('Europe/London')],
    ['09:00:00', inZone('America/New_York')],
  ],
  'its user flies home': [['08:15:20', inZone('Asia/Kolkata')]],
}

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

/**
 * One broker for each way in which tokens end: at six, at half past three, at eight, at seven, at midnight, a minute
 * before it, after a day, unknown.
 */
const ONE_OF_A_KIND = [
  ...['kite-connect', 'upstox', 'samco', 'indstocks', 'firstock', '5paisa', 'dhan', 'kite-web'],
]

/**
 * Simulates days, and returns the number of logins per account and day.
 * @param brokers whose accounts there are; undefined for all
 */
async function live(
  days: readonly string[],
  deedsOf: (day: string, index: number) => readonly Deed[],
  brokers?: readonly string[],
) {
  await loadAhead()
  const [first = ''] = days
  const desk = new TradingDesk(at(first, '00:00:00'))
  await desk.time.run(desk.addAccounts(brokers))
  const watched = desk.brokersOf(brokers)
  expect(watched).toHaveLength(brokers?.length ?? desk.traderBrokers.length)
  desk.start()
  const logins = new Map<string, Record<string, number>>()
  const notReady: string[] = []
  for (const [index, day] of days.entries()) {
    const before = watched.map(({ model }) => model.loginsCompleted)
    for (const [time, deed] of deedsOf(day, index)) {
      await desk.liveUntil(at(day, time))
      deed(desk)
    }
    await desk.liveUntil(at(day, '23:59:59.999'))
    logins.set(
      day,
      Object.fromEntries(
        watched.map(({ account, model }, i) => [account, model.loginsCompleted - (before[i] ?? 0)]),
      ),
    )
    for (const { name, token } of desk.store.state.accounts) {
      // A token until 23:59 lasts a session whose hours are not announced.
      const lasts = (token?.expiresAt ?? Infinity) >= sessionOn(day).closesAt - 60_000
      if (trades(day) && (token?.seen !== 'accepted' || !lasts)) notReady.push(`${day} ${name}`)
    }
  }
  return { desk, logins, notReady }
}

/** Its tokens end at eight, so that a login at a quarter past by a clock an hour ahead needs another one. */
const ENDS_AT_EIGHT = 'samco'

/** @param isAhead whether the computer's clock is an hour ahead at the run time of a day */
function expectOneLoginPerTradingDay(
  { desk, logins, notReady }: Awaited<ReturnType<typeof live>>,
  isAhead: (day: string) => boolean = () => false,
): void {
  const isRight = (day: string, account: string, count: number): boolean => {
    if (!trades(day)) return count === 0
    // Where another broker's reply has told the time before, one is enough.
    return count === 1 || (count === 2 && account === ENDS_AT_EIGHT && isAhead(day))
  }
  const wrong = [...logins].flatMap(([day, counts]) =>
    Object.entries(counts)
      .filter(([account, count]) => !isRight(day, account, count))
      .map(([account, count]) => `${day} ${account}: ${count}`),
  )
  expect(wrong).toEqual([])
  expect(notReady).toEqual([])
  expect(new Set(desk.history.events.map(({ event, by }) => `${event} by ${by}`))).toEqual(
    new Set(['obtained by schedule']),
  )
}

test('the tokens of every broker end as those of one of the few that live the whole year', () => {
  const ends = [...registry.values()].map((broker) => {
    const lasting = ['02:00:00', '07:00:00', '09:00:00', '15:45:00'].map((time) => {
      const issuedAt = at('2026-11-16', time)
      try {
        return broker.expiresAt(issuedAt, {}) ?? 'unknown'
      } catch (error) {
        if (error instanceof LoginError) return error.kind
        throw error
      }
    })
    return { id: broker.id, lasting: lasting.join(' ') }
  })
  const lived = new Set(ends.filter(({ id }) => ONE_OF_A_KIND.includes(id)).map(({ lasting }) => lasting))
  expect(lived.size).toBe(ONE_OF_A_KIND.length)
  expect(ends.filter(({ lasting }) => !lived.has(lasting))).toEqual([])
})

describe('a year of mornings', () => {
  test('has one login of each account on every trading day and none on others, whatever befalls the computer', async () => {
    const kinds = Object.values(mornings)
    const year = daysFrom('2026-01-01', 365 + 29)
    const kindOf = (index: number): readonly Deed[] => kinds[index % kinds.length] ?? []
    const lived = await live(year, (_day, index) => kindOf(index), ONE_OF_A_KIND)
    expectOneLoginPerTradingDay(lived, (day) => kindOf(year.indexOf(day)) === mornings[CLOCK_AHEAD])
    expect(year.filter((day) => trades(day) && day.startsWith('2026'))).toHaveLength(247)
    // No multiple of seven, so that every incident has met every weekday.
    expect(kinds.length % 7).not.toBe(0)
  }, 900_000)

  test.each(['Europe/London', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'has the same in %s, whatever its clocks do in spring and autumn',
    async (name) => {
      inZone(name)()
      for (const [first, count] of [
        ['2026-03-05', 6],
        ['2026-03-26', 6],
        ['2026-10-22', 14],
      ] as const) {
        expectOneLoginPerTradingDay(await live(daysFrom(first, count), () => [], ONE_OF_A_KIND))
      }
    },
    120_000,
  )
})

describe('a trading day has one login of each account although', () => {
  test.each(Object.keys(mornings))(
    '%s',
    async (kind) => {
      const days = daysFrom('2026-11-16', 9)
      const lived = await live(days, (day) => (trades(day) ? (mornings[kind] ?? []) : []), ONE_OF_A_KIND)
      expectOneLoginPerTradingDay(lived, () => kind === CLOCK_AHEAD)
    },
    30_000,
  )
})

test('a broker that no other confirms is believed of its own token, and a clock an hour ahead renews it once', async () => {
  await loadAhead()
  const desk = new TradingDesk(at('2026-11-16', '07:00:00'))
  await desk.time.run(desk.addAccounts([ENDS_AT_EIGHT]))
  desk.start()
  await desk.liveUntil(at('2026-11-16', '07:35:00'))
  desk.clock.aheadMs = HOUR_MS
  await desk.liveUntil(at('2026-11-16', '20:00:00'))
  const [account] = desk.store.state.accounts
  expect(account?.problem).toBeNull()
  expect(account?.token).toMatchObject({ seen: 'accepted', expiresAt: at('2026-11-17', '08:00:00') })
  expect(desk.history.events.map(({ event, by }) => `${event} by ${by}`)).toEqual(
    Array(2).fill('obtained by schedule'),
  )
})

test('the logins of one morning, one at each broker, are spread over two minutes after the run time', async () => {
  const lived = await live(daysFrom('2026-11-16', 9), () => [])
  expectOneLoginPerTradingDay(lived)
  const { desk } = lived
  const moments = desk.history.events.map(
    ({ at: moment }) => (moment - at('2026-11-16', '08:15:00')) % DAY_MS,
  )
  expect(Math.min(...moments)).toBeGreaterThan(0)
  expect(Math.max(...moments)).toBeLessThan(2 * 60_000 + 45_000)
  expect(new Set(moments.map((moment) => Math.floor(moment / 1000))).size).toBeGreaterThan(moments.length / 2)
})
