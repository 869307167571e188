import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { scheduled } from '../../../tests/support/scheduled.ts'
import { LoginError } from '../errors.ts'
import { Announcer, GROUPING_MS } from './announce.ts'
import type { ScheduleEvent } from './event.ts'
import { noticesFor } from './notice-texts.ts'
import type { Notice } from '../state/notice.ts'
import { defaultNotifications, type NotificationSettings } from '../state/schedule-settings.ts'

const failed = (
  account: string,
  problem: 'network' | 'bad-credentials' = 'bad-credentials',
): ScheduleEvent => ({
  kind: 'failed',
  account,
  broker: 'Upstox',
  problem,
  retriedUntil: null,
})

function announcer(changes: Partial<NotificationSettings> = {}) {
  const notices: Notice[] = []
  const clock = new FakeClock(0)
  const settings = { ...defaultNotifications, ...changes }
  const notifier = { notify: (notice: Notice) => Promise.resolve(void notices.push(notice)) }
  return {
    notices,
    clock,
    announcer: new Announcer({ clock, notifiers: [notifier], settings: () => settings }),
  }
}

describe('what has happened to many accounts at once', () => {
  test('is one notice, with one line for each reason and the first account to click on', () => {
    const [notice, ...more] = noticesFor([failed('b'), failed('c', 'network'), failed('a')])
    expect(more).toEqual([])
    const { message, next } = new LoginError('bad-credentials').naming('Upstox')
    const network = new LoginError('network').naming('Upstox')
    expect(notice).toEqual({
      kind: 'failed',
      title: '3 accounts are not logged in',
      body: `b and a: ${message} ${next}\nc: ${network.message} ${network.next}`,
      account: 'b',
      action: 'See why',
    })
  })

  test('does not list fifty names', () => {
    const [notice] = noticesFor(Array.from({ length: 50 }, (_, index) => failed(`account-${index}`)))
    expect(notice?.title).toBe('50 accounts are not logged in')
    expect(notice?.body).toMatch(/^account-0, account-1, account-2, account-3, account-4 and 45 more: /)
  })

  test('names each account’s broker', () => {
    const kite = { broker: 'Zerodha Kite Connect' }
    const [refused, lost] = noticesFor([
      failed('b'),
      { kind: 'failed', account: 'a', ...kite, problem: 'bad-credentials', retriedUntil: null },
      { kind: 'needs-you', account: 'c', ...kite, why: 'lost' },
    ])
    expect(refused?.body).toMatch(/^b: Upstox refused .*\na: Zerodha refused .* on Zerodha’s page\./)
    expect(lost?.body).toMatch(/^Zerodha no longer accepts the token\./)
  })

  test('is a notice for each kind of event', () => {
    const events: ScheduleEvent[] = [
      { kind: 'all-ready', accounts: ['a', 'b'], endsAt: null, now: 0 },
      { kind: 'needs-you', account: 'c', broker: 'Upstox', why: 'code' },
      failed('b'),
      { kind: 'expiring', account: 'a', endsAt: Date.parse('2026-11-20T11:00:00+05:30'), isRenewed: true },
    ]
    expect(noticesFor(events).map(({ title, account }) => [title, account])).toEqual([
      ['b is not logged in', 'b'],
      ['c needs you', 'c'],
      ['a: the token ends soon', 'a'],
      ['All 2 accounts are ready', null],
    ])
  })
})

describe('an event', () => {
  test('waits for others of its morning, and no longer than that', () => {
    const { announcer: told, clock, notices } = announcer()
    told.add(failed('a'))
    clock.advance(GROUPING_MS - 1)
    told.add(failed('b'))
    expect(notices).toEqual([])
    clock.advance(1)
    expect(notices.map(({ title }) => title)).toEqual(['2 accounts are not logged in'])
    clock.advance(10 * GROUPING_MS)
    expect(notices).toHaveLength(1)
  })

  test.each([
    [{}, ['failed', 'needs-you', 'expiring']],
    [{ allReady: true }, ['failed', 'needs-you', 'expiring', 'all-ready']],
    [{ failed: false }, ['needs-you', 'expiring']],
    [{ needsYou: false, expiring: false }, ['failed']],
  ])('is told as the settings have it: %j', (changes, kinds) => {
    const { announcer: told, notices } = announcer(changes)
    told.add(failed('a'))
    told.add({ kind: 'needs-you', account: 'a', broker: 'Upstox', why: 'lost' })
    told.add({ kind: 'expiring', account: 'a', endsAt: 0, isRenewed: false })
    told.add({ kind: 'all-ready', accounts: ['a'], endsAt: null, now: 0 })
    told.flush()
    expect(notices.map(({ kind }) => kind)).toEqual(kinds)
  })
})

describe('the notices of a morning', () => {
  test('say that all are ready, once, to who wants to know', async () => {
    const { begin, notices, run, until } = await scheduled({
      names: ['one', 'two', 'three'],
      notifications: { allReady: true },
    })
    await until('08:20:00')
    run.stop()
    begin()
    await until('20:00:00')
    expect(notices.map(({ title }) => title)).toEqual(['All 3 accounts are ready'])
  })

  test('come together for all accounts of the morning', async () => {
    const { notices, until } = await scheduled({
      names: Array.from({ length: 20 }, (_, index) => `account-${index}`),
      broker: { login: () => Promise.reject(new LoginError('bot-wall')) },
    })
    await until('20:00:00')
    expect(notices.map(({ title }) => title)).toEqual(['20 accounts are not logged in'])
  })

  test('hold nothing of what the broker or the login said', async () => {
    const { notices, until } = await scheduled({
      broker: {
        login: () =>
          Promise.reject(
            new LoginError('consent-required', {
              message: 'a message with api_key=key-1',
              next: 'https://broker.example/?api_key=key-1',
              brokerWords: 'words with key-1',
            }),
          ),
      },
    })
    await until('20:00:00')
    expect(notices).toHaveLength(1)
    expect(JSON.stringify(notices)).not.toContain('key-1')
  })

  test('and its logins are not held up by a way out that hangs or fails', async () => {
    const hanging = { notify: () => new Promise<void>(() => undefined) }
    const failing = { notify: () => Promise.reject(new Error('The webhook could not be reached.')) }
    const { account, notices, until } = await scheduled({
      names: ['one', 'two'],
      notifiers: [hanging, failing],
      notifications: { allReady: true },
    })
    await until('20:00:00', '2026-11-23')
    expect(notices).toHaveLength(2)
    expect(account('one').schedule?.run).toMatchObject({ day: '2026-11-23', state: 'ready' })
  })
})
