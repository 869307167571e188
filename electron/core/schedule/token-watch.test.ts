import { describe, expect, test } from 'vitest'
import { madeUpTokens } from '../../../tests/support/made-up-broker.ts'
import { ist, scheduled } from '../../../tests/support/scheduled.ts'
import { loginFailure } from '../../../tests/support/failure.ts'
import { LoginError } from '../errors.ts'

const HOUR_MS = 60 * 60_000
const livesFor = (hours: number) => ({ expiresAt: (issuedAt: number) => issuedAt + hours * HOUR_MS })

/** A login that does not wait for a code. */
const signal = new AbortController().signal

describe('a token that ends before the close', () => {
  test('is announced a quarter of an hour before, and replaced when it has ended, not sooner', async () => {
    const { logins, notices, until } = await scheduled({ broker: livesFor(4) })
    await until('11:58:00')
    expect(notices).toEqual([])
    await until('12:05:00')
    expect(notices.map(({ kind, title }) => [kind, title])).toEqual([
      ['expiring', 'main: the token ends soon'],
    ])
    expect(notices[0]?.body).toMatch(/^It ends at 12:1\d IST\. TokenTray then logs in again/)
    await until('20:00:00')
    expect(logins).toHaveLength(2)
    const [first = { at: 0 }, second = { at: 0 }] = logins
    expect(second.at - first.at).toBeGreaterThanOrEqual(4 * HOUR_MS)
    expect(second.at - first.at).toBeLessThan(4 * HOUR_MS + 30_000)
    expect(notices).toHaveLength(1)
  })

  test('is left to the user where a login ends other sessions of theirs', async () => {
    const { logins, notices, until } = await scheduled({
      broker: { ...livesFor(4), endsOtherSessions: true },
    })
    await until('20:00:00')
    expect(logins).toHaveLength(1)
    expect(notices.map(({ kind }) => kind)).toEqual(['expiring', 'needs-you'])
    expect(notices[0]?.body).toContain('Log in again when you like.')
    expect(notices[1]?.body).toContain('would end your other sessions')
  })

  test('is not replaced on and on', async () => {
    const { logins, notices, until } = await scheduled({ broker: livesFor(0.5) })
    await until('20:00:00')
    expect(logins).toHaveLength(4)
    expect(notices.at(-1)?.kind).toBe('needs-you')
  })

  test('is not replaced while the schedule is paused', async () => {
    const { choose, logins, time, until } = await scheduled({ broker: livesFor(4) })
    await until('09:00:00')
    await time.run(choose({ pausedUntil: ist('00:00:00', '2026-11-21') }))
    await until('20:00:00')
    expect(logins).toHaveLength(1)
  })

  test('is not replaced when the user has logged out', async () => {
    const { engine, logins, time, until } = await scheduled({ broker: livesFor(4) })
    await until('10:00:00')
    await time.run(engine.logout('main', signal))
    await until('20:00:00')
    expect(logins).toHaveLength(1)
  })

  test('of a day’s life is replaced each trading day when it has ended', async () => {
    const { logins, until } = await scheduled({ broker: livesFor(24) })
    await until('20:00:00', '2026-12-04')
    // Nine trading days: 24 November is a holiday.
    expect(logins).toHaveLength(10)
    expect(new Set(logins.map(({ at }) => new Date(at).toISOString().slice(0, 10))).size).toBe(10)
  })
})

describe('a warning of a token’s end', () => {
  test('comes for accounts that the schedule leaves alone, too', async () => {
    const { engine, logins, notices, time, until } = await scheduled({
      broker: livesFor(6),
      schedule: { skipped: ['main'] },
    })
    await time.run(engine.login('main'))
    await until('20:00:00')
    expect(logins).toHaveLength(1)
    expect(notices.map(({ kind, body }) => [kind, body])).toEqual([
      ['expiring', 'It ends at 13:00 IST. Log in again when you like.'],
    ])
  })

  test.each([
    ['on a day without trading', '2026-11-20', 22],
    ['before the market opens', '2026-11-20', 2],
    ['after its close', '2026-11-20', 9],
  ])('does not come %s', async (_when, _day, hours) => {
    const { engine, notices, time, until } = await scheduled({
      broker: livesFor(hours),
      schedule: { on: false },
    })
    await time.run(engine.login('main'))
    await until('23:00:00', '2026-11-22')
    expect(notices).toEqual([])
  })

  test('does not come again after a restart', async () => {
    const { begin, notices, run, until } = await scheduled({ broker: livesFor(4) })
    await until('12:06:00')
    run.stop()
    begin()
    await until('12:10:00')
    expect(notices).toHaveLength(1)
  })
})

describe('a token that the broker refuses in the middle of the day', () => {
  /** Returns a broker that refuses the first token while `isRefusing` is set. */
  function refusing() {
    const state = { isRefusing: false }
    const probe = (): Promise<void> =>
      state.isRefusing ? Promise.reject(new LoginError('token-expired')) : Promise.resolve()
    return { state, probe }
  }

  test('is told, and not replaced: another login of the user’s may have taken its place', async () => {
    const { probe, state } = refusing()
    const { begin, engine, logins, notices, run, time, until } = await scheduled({ broker: { probe } })
    await until('11:00:00')
    state.isRefusing = true
    await time.run(loginFailure(engine.probe('main', signal)))
    await until('11:02:00')
    expect(notices.map(({ kind, title }) => [kind, title])).toEqual([['needs-you', 'main needs you']])
    expect(notices[0]?.body).toContain('no longer accepts the token')
    run.stop()
    begin()
    await until('20:00:00')
    expect(logins).toHaveLength(1)
    expect(notices).toHaveLength(1)
  })

  test('is not replaced when its time comes either', async () => {
    const { probe, state } = refusing()
    const { engine, logins, time, until } = await scheduled({ broker: { ...livesFor(4), probe } })
    await until('11:00:00')
    state.isRefusing = true
    await time.run(loginFailure(engine.probe('main', signal)))
    await until('20:00:00')
    expect(logins).toHaveLength(1)
  })

  test('is not told when whoever found out logs in again', async () => {
    const { probe, state } = refusing()
    const { engine, logins, notices, time, until } = await scheduled({
      broker: {
        probe,
        login: () => {
          state.isRefusing = false
          return Promise.resolve(madeUpTokens)
        },
      },
    })
    await until('11:00:00')
    state.isRefusing = true
    await time.run(engine.login('main'))
    await until('20:00:00')
    expect(logins).toHaveLength(2)
    expect(notices).toEqual([])
  })

  test('is not told before the run of the day, which replaces it', async () => {
    const { probe, state } = refusing()
    const { engine, notices, time, until } = await scheduled({
      broker: {
        probe,
        login: () => {
          state.isRefusing = false
          return Promise.resolve(madeUpTokens)
        },
      },
    })
    await time.run(engine.login('main'))
    state.isRefusing = true
    await time.run(loginFailure(engine.probe('main', signal)))
    await until('20:00:00')
    expect(notices).toEqual([])
  })
})

describe('an account whose code only the user has', () => {
  test('is announced on the minute, without a request, and not logged in', async () => {
    const { account, logins, notices, until } = await scheduled({
      names: ['one', 'two'],
      without: ['totp_secret'],
    })
    await until('08:15:01')
    expect(logins).toEqual([])
    expect(notices).toEqual([
      {
        kind: 'needs-you',
        title: '2 accounts need you',
        body: 'one and two: Log in and type the code from your phone.',
        account: 'one',
        action: 'Log in',
      },
    ])
    expect(account('one').schedule?.run?.state).toBe('needs-you')
    await until('20:00:00')
    expect(notices).toHaveLength(1)
  })

  test('is not announced when it is logged in already', async () => {
    const { engine, notices, time, until } = await scheduled({ without: ['totp_secret'] })
    await time.run(engine.login('main'))
    await until('20:00:00')
    expect(notices).toEqual([])
  })

  test('is announced when the token that it has is refused', async () => {
    let isRefused = false
    const { engine, notices, time, until } = await scheduled({
      without: ['totp_secret'],
      broker: {
        probe: () => (isRefused ? Promise.reject(new LoginError('token-expired')) : Promise.resolve()),
      },
    })
    await time.run(engine.login('main'))
    isRefused = true
    await until('08:16:00')
    expect(notices.map(({ kind }) => kind)).toEqual(['needs-you'])
  })

  test('is one where its broker says so', async () => {
    const { logins, notices, until } = await scheduled({ broker: { asksForCode: () => true } })
    await until('20:00:00')
    expect(logins).toEqual([])
    expect(notices.map(({ kind }) => kind)).toEqual(['needs-you'])
  })

  test('is one whose user signs in at the broker’s page', async () => {
    const { logins, notices, store, until } = await scheduled({})
    await store.update(({ accounts, ...state }) => ({
      ...state,
      accounts: accounts.map((account) => ({ ...account, mode: 'assisted' })),
    }))
    await until('20:00:00')
    expect(logins).toEqual([])
    expect(notices.map(({ kind, body }) => [kind, body])).toEqual([
      ['needs-you', 'Press Log in, then sign in on the page that opens.'],
    ])
  })

  test('is one where the broker asks unexpectedly', async () => {
    const { logins, notices, until } = await scheduled({
      broker: { login: () => Promise.reject(new LoginError('second-factor-needed')) },
    })
    await until('20:00:00')
    expect(logins).toHaveLength(1)
    expect(notices.map(({ kind }) => kind)).toEqual(['needs-you'])
  })
})
