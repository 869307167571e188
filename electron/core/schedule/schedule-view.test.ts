import { expect, test } from 'vitest'
import { ist } from '../../../tests/support/scheduled.ts'
import { scheduleView } from './schedule-view.ts'
import { defaultSchedule, type ScheduleSettings } from '../state/schedule-settings.ts'

const now = ist('20:00:00')
const INDIA = -330

const view = (on: string, settings: Partial<ScheduleSettings> = {}, hour12 = false) =>
  scheduleView(
    { at: ist('08:16:30', on), account: null },
    { ...defaultSchedule, ...settings },
    now,
    INDIA,
    hour12,
  )

test('the pages are told when the next run is, on the clock that the user has chosen', () => {
  expect(view('2026-11-23')).toEqual({
    words: 'Next login Mon 23 Nov 08:16',
    calendarNote: null,
    state: 'on',
  })
  expect(view('2026-11-23', {}, true).words).toBe('Next login Mon 23 Nov 8:16 am')
})

test('a pause is told while it lasts', () => {
  const words = 'Paused until Mon 23 Nov 08:16'
  expect(view('2026-11-23', { pausedUntil: now + 1 })).toEqual({ words, calendarNote: null, state: 'paused' })
  expect(view('2026-11-23', { pausedUntil: now }).state).toBe('on')
})

test('a year without its holidays comes with a note, unless nothing is run at all', () => {
  expect(view('2027-01-04').calendarNote).toContain('2027')
  expect(view('2027-01-04', { on: false })).toEqual({
    words: 'Morning login is off',
    calendarNote: null,
    state: 'off',
  })
})
