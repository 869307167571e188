import { describe, expect, test } from 'vitest'
import { day, ist, scheduled } from '../../../tests/support/scheduled.ts'
import { morningOf, pauseEnd, withDay, withMorning } from './schedule-changes.ts'
import { defaultSchedule } from './schedule-settings.ts'

describe('a pause', () => {
  const now = ist('20:00:00')

  test('for today ends with the day in India', () => {
    expect(pauseEnd('today', now)).toBe(ist('00:00:00', '2026-11-21'))
  })

  test('until a day ends when that begins in India', () => {
    expect(pauseEnd('2026-12-28', now)).toBe(ist('00:00:00', '2026-12-28'))
  })

  test.each([day, '2026-11-19', '2027-02-29', 'tomorrow', ''])('can’t last until “%s”', (until) => {
    expect(pauseEnd(until, now)).toBeNull()
  })
})

describe('the mornings of one account', () => {
  test('are left out for one day, for good, and taken in again', () => {
    const notToday = withMorning(defaultSchedule, 'one', 'not-today', day)
    expect(morningOf('one', notToday, day)).toBe('not-today')
    expect(morningOf('one', notToday, '2026-11-23')).toBe('on')
    expect(morningOf('two', notToday, day)).toBe('on')
    const off = withMorning(notToday, 'one', 'off', day)
    expect(morningOf('one', off, '2026-11-23')).toBe('off')
    expect(withMorning(off, 'one', 'on', day)).toEqual(defaultSchedule)
  })

  test('that are skipped today are run on the next trading day', async () => {
    const { logins, nextRun, until } = await scheduled({
      names: ['one', 'two'],
      schedule: { skippedOn: { one: day } },
    })
    await until('16:00:00')
    expect(logins.map(({ account }) => account)).toEqual(['two'])
    expect(nextRun()?.at).toBeGreaterThan(ist('08:15:00', '2026-11-23'))
    await until('09:00:00', '2026-11-23')
    expect(logins.map(({ account }) => account).sort()).toEqual(['one', 'two', 'two'])
  })

  test('don’t keep the others from being told of as all ready', async () => {
    const { notices, until } = await scheduled({
      names: ['one', 'two'],
      schedule: { skippedOn: { one: day } },
      notifications: { allReady: true },
    })
    await until('09:00:00')
    expect(notices.map(({ kind }) => kind)).toEqual(['all-ready'])
  })

  test('are forgotten with the account, so that another of its name is not left out', async () => {
    const { accounts, store } = await scheduled({
      names: ['one', 'two'],
      schedule: { skipped: ['one'], skippedOn: { one: day, two: day } },
    })
    await accounts.remove('one')
    expect(store.state.settings.schedule).toMatchObject({ skipped: [], skippedOn: { two: day } })
  })
})

test('the user’s last word on a day is the one that counts', () => {
  const closed = withDay(withDay(defaultSchedule, '2026-12-02', 'closed'), '2026-12-01', 'closed')
  expect(closed).toMatchObject({ extraClosed: ['2026-12-01', '2026-12-02'], extraOpen: [] })
  expect(withDay(closed, '2026-12-01', 'open')).toMatchObject({
    extraClosed: ['2026-12-02'],
    extraOpen: ['2026-12-01'],
  })
  expect(withDay(closed, '2026-12-01', 'usual').extraClosed).toEqual(['2026-12-02'])
})
