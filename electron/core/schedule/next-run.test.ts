import { describe, expect, test } from 'vitest'
import { calendarNoteFor, nextRunWords } from './next-run.ts'
import { defaultSchedule, ScheduleSettings } from '../state/schedule-settings.ts'

const at = (time: string): number => Date.parse(`${time}:30+05:30`)
const now = at('2026-11-20T20:00')
const inIndia = -330

describe('what comes next is said in words', () => {
  test.each([
    ['2026-11-20T21:00', 'next login today 21:00'],
    ['2026-11-21T08:16', 'next login tomorrow 08:16'],
    ['2026-11-23T08:16', 'next login Mon 23 Nov 08:16'],
  ])('%s', (time, words) => {
    expect(nextRunWords({ at: at(time), account: null }, defaultSchedule, now, inIndia)).toBe(words)
  })

  test('with the account that comes first, where others come later, and not in a pause of all', () => {
    const next = { at: at('2026-11-21T07:45'), account: 'upstox' }
    expect(nextRunWords(next, defaultSchedule, now, inIndia)).toBe('next login tomorrow 07:45 for upstox')
    const paused = { ...defaultSchedule, pausedUntil: at('2026-11-21T00:00') }
    expect(nextRunWords(next, paused, now, inIndia)).toBe('paused until tomorrow 07:45')
  })

  test('with the zone named away from India', () => {
    const next = { at: at('2026-11-21T08:16'), account: null }
    expect(nextRunWords(next, defaultSchedule, now, 0)).toBe('next login tomorrow 08:16 IST')
  })

  test('when it is paused, off, or nothing comes', () => {
    const next = { at: at('2026-11-23T08:16'), account: null }
    const paused = { ...defaultSchedule, pausedUntil: at('2026-11-23T00:00') }
    expect(nextRunWords(next, paused, now, inIndia)).toBe('paused until Mon 23 Nov 08:16')
    expect(nextRunWords(null, { ...defaultSchedule, on: false }, now, inIndia)).toBe('morning login is off')
    expect(nextRunWords(null, defaultSchedule, now, inIndia)).toBe(
      'no morning login: no account logs in automatically',
    )
  })

  test('with a word on a year whose holidays are not published', () => {
    expect(calendarNoteFor({ at: at('2026-12-31T08:16'), account: null }, now)).toBeNull()
    expect(calendarNoteFor({ at: at('2027-01-01T08:16'), account: null }, now)).toContain('2027')
    expect(calendarNoteFor(null, now)).toBeNull()
  })
})

describe('settings in a file', () => {
  test('that are missing are the usual ones', () => {
    expect(ScheduleSettings.parse({})).toEqual({
      on: true,
      at: '08:15',
      times: {},
      pausedUntil: null,
      skipped: [],
      skippedOn: {},
      extraClosed: [],
      extraOpen: [],
    })
  })

  test('that can’t be read are too, each for itself', () => {
    const mangled = {
      on: 'yes',
      at: '25:00',
      pausedUntil: 'x',
      skipped: ['one'],
      skippedOn: ['one'],
      extraClosed: 1,
      extraOpen: null,
    }
    expect(ScheduleSettings.parse(mangled)).toEqual({ ...defaultSchedule, skipped: ['one'] })
  })
})
