import { describe, expect, test } from 'vitest'
import { gate, madeUpTokens } from '../../../tests/support/made-up-broker.ts'
import { ist, scheduled } from '../../../tests/support/scheduled.ts'
import type { ProblemKind } from '../../contract/state.ts'
import { LoginError, type LoginErrorDetails } from '../errors.ts'

/** Returns a login that fails a number of times, and then succeeds. */
function failing(times: number, kind: ProblemKind, details: LoginErrorDetails = {}) {
  let left = times
  return () => (left-- > 0 ? Promise.reject(new LoginError(kind, details)) : Promise.resolve(madeUpTokens))
}

describe('a run that fails', () => {
  test.each(['network', 'timeout', 'broker-down'] as const)(
    'because of %s is tried again by itself, at growing distances',
    async (kind) => {
      const { logins, notices, until } = await scheduled({
        broker: { login: failing(2, kind, { notJudged: true }) },
      })
      await until('20:00:00')
      const gaps = logins.slice(1).map(({ at }, index) => at - (logins[index]?.at ?? 0))
      expect(gaps).toEqual([60_000, 120_000])
      // A problem of a few minutes needs no notice.
      expect(notices).toEqual([])
    },
  )

  test('on and on is tried until the close, and told once', async () => {
    const { account, logins, notices, until } = await scheduled({
      broker: { login: failing(Infinity, 'network', { notJudged: true }) },
    })
    await until('23:00:00')
    expect(logins.length).toBeGreaterThan(20)
    expect(logins.length).toBeLessThan(40)
    expect(Math.max(...logins.map(({ at }) => at))).toBeLessThan(ist('15:30:00'))
    expect(notices.map(({ body }) => body)).toEqual([
      'Made-up could not be reached. TokenTray keeps trying until 15:30 IST.',
    ])
    expect(account().schedule?.run?.state).toBe('failed')
  })

  test.each([
    'bad-credentials',
    'bad-totp',
    'account-locked',
    'rate-limited',
    'app-config',
    'budget-spent',
  ] as const)('because of %s waits for the user and is told at once', async (kind) => {
    const { logins, notices, run, until } = await scheduled({
      broker: { login: failing(Infinity, kind, { final: true }) },
    })
    await until('08:20:00')
    run.wake()
    await until('20:00:00')
    expect(logins).toHaveLength(1)
    const { message, next } = new LoginError(kind).naming('Made-up Broker')
    expect(notices).toEqual([
      {
        kind: 'failed',
        title: 'main is not logged in',
        body: `${message} ${next}`,
        account: 'main',
        action: 'See why',
      },
    ])
  })

  test('after the password was sent is not tried again: the broker may have counted it', async () => {
    const { logins, notices, until } = await scheduled({
      broker: {
        login: async (context) => {
          await context.spendPassword('password')
          throw new LoginError('timeout')
        },
      },
    })
    await until('20:00:00')
    expect(logins).toHaveLength(1)
    expect(notices[0]?.body).toContain('Stopped, so that your account isn’t locked.')
  })

  test('while the broker wants a pause is not tried before it ends', async () => {
    const { account, logins, store, until } = await scheduled()
    await store.update((state) => ({
      ...state,
      accounts: state.accounts.map((each) => ({ ...each, coolDownUntil: ist('09:30:00') })),
    }))
    await until('09:29:59')
    expect(logins).toEqual([])
    await until('09:31:00')
    expect(logins).toHaveLength(1)
    expect(account().schedule?.run?.state).toBe('ready')
  })

  test('because of the network is tried at once when that is back', async () => {
    const { logins, run, until } = await scheduled({
      broker: { login: failing(5, 'network', { notJudged: true }) },
    })
    await until('08:48:00')
    expect(logins).toHaveLength(5)
    await until('08:49:00')
    run.wake()
    await until('08:49:01')
    expect(logins).toHaveLength(6)
  })

  test('because of the network that comes back during a try is tried once more at once', async () => {
    const { opened, open } = gate()
    let tries = 0
    const { logins, run, until } = await scheduled({
      broker: {
        login: async () => {
          tries += 1
          if (tries === 1) await opened
          throw new LoginError('network', { notJudged: true })
        },
      },
    })
    await until('08:17:30')
    expect(logins).toHaveLength(1)
    run.wake()
    open()
    await until('08:17:31')
    expect(logins).toHaveLength(2)
    await until('08:18:00')
    expect(logins).toHaveLength(2)
  })

  test('because of the network is tried soon after that is back, though nobody tells of it', async () => {
    let isOnline = false
    const { logins, until } = await scheduled({
      isOnline: () => isOnline,
      broker: {
        login: () =>
          isOnline
            ? Promise.resolve(madeUpTokens)
            : Promise.reject(new LoginError('network', { notJudged: true })),
      },
    })
    await until('08:55:00')
    const tries = logins.length
    isOnline = true
    await until('08:55:20')
    expect(logins).toHaveLength(tries + 1)
    await until('20:00:00')
    expect(logins).toHaveLength(tries + 1)
  })

  test('because of a locked keychain is told at once and tried when something wakes it, never on and on', async () => {
    const { logins, notices, run, until } = await scheduled({
      broker: { login: failing(2, 'keychain-locked') },
    })
    await until('12:00:00')
    expect(logins).toHaveLength(1)
    expect(notices.map(({ body }) => body)).toEqual([
      expect.stringContaining('The system keychain is locked.'),
    ])
    run.wake()
    await until('12:00:10')
    expect(logins).toHaveLength(2)
    run.wake()
    await until('12:00:20')
    expect(logins).toHaveLength(3)
    expect(notices).toHaveLength(1)
  })

  test('because the user cancelled it is left at that, and not told', async () => {
    const { logins, notices, until } = await scheduled({ broker: { login: failing(Infinity, 'cancelled') } })
    await until('20:00:00')
    expect(logins).toHaveLength(1)
    expect(notices).toEqual([])
  })

  test('is over when the user logs in by hand', async () => {
    const { account, engine, notices, time, until } = await scheduled({
      broker: { login: failing(1, 'bot-wall') },
      notifications: { allReady: true },
    })
    await until('09:00:00')
    await time.run(engine.login('main'))
    await until('09:01:00')
    expect(account().schedule?.run?.state).toBe('ready')
    expect(notices.map(({ kind }) => kind)).toEqual(['failed', 'all-ready'])
  })
})

test('what was to be tried again is not forgotten by a restart', async () => {
  const { begin, logins, run, until } = await scheduled({
    broker: { login: failing(4, 'network', { notJudged: true }) },
  })
  await until('08:21:00')
  run.stop()
  const before = logins.length
  begin()
  await until('09:10:00')
  expect(logins.length).toBeGreaterThan(before)
  const count = logins.length
  await until('20:00:00')
  expect(logins).toHaveLength(count)
})
