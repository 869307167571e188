import { describe, expect, test } from 'vitest'
import { gate } from '../../../tests/support/made-up-broker.ts'
import { ist, scheduled } from '../../../tests/support/scheduled.ts'
import { Secret } from '../secret.ts'
import { LoginError } from '../errors.ts'
import { MAX_CHECK_INTERVAL_MS } from './morning-run.ts'

describe('the morning run', () => {
  test('logs every account in, says so in the history, and is over', async () => {
    const { history, logins, until } = await scheduled({ names: ['one', 'two', 'three'] })
    await until('08:14:59')
    expect(logins).toEqual([])
    await until('08:18:00')
    expect(new Set(logins.map(({ account }) => account))).toEqual(new Set(['one', 'two', 'three']))
    await until('23:59:59')
    expect(logins).toHaveLength(3)
    expect(history.events.map(({ by }) => by)).toEqual(['schedule', 'schedule', 'schedule'])
  })

  test('keeps a token that works, whoever got it', async () => {
    const { engine, history, logins, time, until } = await scheduled()
    await time.run(engine.login('main'))
    await until('20:00:00')
    expect(logins).toHaveLength(1)
    expect(history.events.map(({ by }) => by)).toEqual(['tray'])
  })

  test('comes at the time in the settings, from the moment that is changed', async () => {
    const { choose, logins, time, until } = await scheduled()
    await until('07:30:00')
    await time.run(choose({ at: '07:45' }))
    await until('07:48:00')
    expect(logins).toHaveLength(1)
    expect(logins[0]?.at).toBeGreaterThanOrEqual(ist('07:45:00'))
  })

  test('comes for one account at a time of its own', async () => {
    const { choose, logins, nextRun, until } = await scheduled({
      names: ['early', 'late'],
      schedule: { times: { early: '07:30' } },
    })
    expect(nextRun()?.account).toBe('early')
    await until('07:33:00')
    expect(logins.map(({ account }) => account)).toEqual(['early'])
    expect(nextRun()?.account).toBe('late')
    await until('08:18:00')
    expect(logins.map(({ account }) => account)).toEqual(['early', 'late'])
    // With the same run time, no account is named.
    await choose({ times: { early: '08:15' } })
    expect(nextRun()).toMatchObject({ account: null })
    await choose({ times: { early: '07:30' }, skipped: ['late'] })
    expect(nextRun()).toMatchObject({ account: null })
  })

  test('leaves out accounts that are skipped, those of codes alone, and all when it is off', async () => {
    const one = await scheduled({ names: ['one', 'two'], schedule: { skipped: ['two'] } })
    await one.until('20:00:00')
    expect(one.logins.map(({ account }) => account)).toEqual(['one'])
    const off = await scheduled({ schedule: { on: false } })
    await off.until('20:00:00')
    expect(off.logins).toEqual([])
    expect(off.nextRun()).toBeNull()
  })

  test('waits while it is paused, and makes the day good when the pause ends before the close', async () => {
    const { logins, until } = await scheduled({ schedule: { pausedUntil: ist('11:00:00') } })
    await until('10:59:59')
    expect(logins).toEqual([])
    await until('11:05:00')
    expect(logins).toHaveLength(1)
  })

  test('does not come any more on a day that is paused to its end', async () => {
    const { logins, until } = await scheduled({ schedule: { pausedUntil: ist('00:00:00', '2026-11-21') } })
    await until('20:00:00', '2026-11-22')
    expect(logins).toEqual([])
    await until('08:18:00', '2026-11-23')
    expect(logins).toHaveLength(1)
  })

  test('does not come after the close', async () => {
    const { logins, until } = await scheduled({ from: '15:30:00' })
    await until('23:00:00')
    expect(logins).toEqual([])
    const early = await scheduled({ from: '15:29:00' })
    await early.until('15:29:30')
    expect(early.logins).toHaveLength(1)
  })

  test('does not come for an account that was added after its run time before the next trading day', async () => {
    const { logins, until } = await scheduled({ from: '10:00:00', isNew: true })
    await until('20:00:00', '2026-11-22')
    expect(logins).toEqual([])
    await until('08:18:00', '2026-11-23')
    expect(logins).toHaveLength(1)
    const early = await scheduled({ from: '08:00:00', isNew: true })
    await early.until('08:18:00')
    expect(early.logins).toHaveLength(1)
  })

  test('comes in the evening for who wants it after the close', async () => {
    const { logins, until } = await scheduled({ schedule: { at: '16:00' } })
    await until('16:03:00')
    expect(logins).toHaveLength(1)
  })

  test('is not repeated by a restart, a wake-up or a second process', async () => {
    const { begin, logins, run, until } = await scheduled()
    begin()
    await until('08:18:00')
    run.stop()
    begin()
    run.wake()
    begin().wake()
    await until('20:00:00')
    expect(logins).toHaveLength(1)
  })

  test('waits while it may not log in, and is made good when it may again', async () => {
    let mayLogIn = false
    const { logins, run, until } = await scheduled({ mayLogIn: () => mayLogIn })
    await until('09:00:00')
    expect(logins).toEqual([])
    mayLogIn = true
    run.wake()
    await until('09:05:00')
    expect(logins).toHaveLength(1)
  })

  test('is not begun twice by two wake-ups while it runs', async () => {
    const { opened, open } = gate()
    const tokens = { first: new Secret('one'), second: new Secret('two') }
    const { logins, run, until } = await scheduled({ broker: { login: () => opened.then(() => tokens) } })
    await until('08:17:30')
    run.wake()
    run.wake()
    open()
    await until('08:20:00')
    expect(logins).toHaveLength(1)
  })

  test('is told once, however often it was woken while it ran', async () => {
    const { opened, open } = gate()
    const { notices, run, until } = await scheduled({
      names: ['one', 'two'],
      broker: { login: () => opened.then(() => Promise.reject(new LoginError('bot-wall'))) },
    })
    await until('08:17:30')
    run.wake()
    run.wake()
    open()
    await until('08:25:00')
    expect(notices.map(({ body }) => body)).toEqual([expect.stringMatching(/^(one and two|two and one): /)])
  })

  test('does not come for an account that was removed meanwhile', async () => {
    const { accounts, logins, until } = await scheduled({ names: ['one', 'two'] })
    await accounts.remove('one')
    await until('20:00:00')
    expect(logins.map(({ account }) => account)).toEqual(['two'])
  })

  test('always says what comes next', async () => {
    const { choose, nextRun, time, until } = await scheduled({ names: ['one', 'two'] })
    const next = nextRun()
    expect(next?.at).toBeGreaterThanOrEqual(ist('08:15:00'))
    expect(next?.at).toBeLessThanOrEqual(ist('08:17:00'))
    await until('09:00:00')
    expect(nextRun()?.at).toBeGreaterThanOrEqual(ist('08:15:00', '2026-11-23'))
    await time.run(choose({ pausedUntil: ist('00:00:00', '2026-12-01') }))
    expect(nextRun()?.at).toBeGreaterThanOrEqual(ist('08:15:00', '2026-12-01'))
    await time.run(choose({ skipped: ['one', 'two'] }))
    expect(nextRun()).toBeNull()
  })
})

test('a clock that is never told of anything is looked at every quarter of an hour, and not more often', async () => {
  const { run, time, until } = await scheduled()
  await until('12:00:00')
  let looks = 0
  const after = time.after.bind(time)
  time.after = (ms, callback) => {
    looks++
    return after(ms, callback)
  }
  await until('12:00:00', '2026-11-22')
  run.stop()
  expect(looks).toBeGreaterThan((48 * 60 * 60_000) / MAX_CHECK_INTERVAL_MS - 2)
  expect(looks).toBeLessThan((48 * 60 * 60_000) / MAX_CHECK_INTERVAL_MS + 4)
})
