import type { AppState, MarketView, ScheduleView } from '../../electron/contract/state.ts'
import { defaultSettings } from '../../electron/core/state/settings.ts'
import { calendarNote, marketOn } from '../../electron/core/schedule/trading-days.ts'
import { dayOf } from '../../electron/core/time/ist.ts'
import { account, appState, codeNow, nextRunTomorrow, NOW } from '../made-up.ts'
import type { Scene } from '../scene.ts'
import { popover } from './popover.ts'

const ready = account('zerodha-main', 'kite-connect', { totp: codeNow('492039') })
const paused = { words: 'Paused until Mon 17 Nov 08:15', state: 'paused' } as const
const withoutHolidays = { words: 'Next login Fri 1 Jan 08:15 IST', calendarNote: calendarNote(2027) }

const scheduled = (part: Partial<ScheduleView>): AppState =>
  appState([ready], { schedule: { ...nextRunTomorrow, ...part } })

const marketAt = (epochMs: number): MarketView => marketOn(dayOf(epochMs), defaultSettings.schedule)

/** A session that began half an hour ago, because the pictures' clock stands before the opening. */
const opened: MarketView = {
  holiday: null,
  session: { opensAt: NOW - 30 * 60_000, closesAt: marketAt(NOW).session?.closesAt ?? NOW },
}

/** Shows the states of the morning run, for all accounts and for single ones. */
export const scheduleScenes: readonly Scene[] = [
  popover('with the morning run paused', scheduled(paused)),
  popover(
    'with the morning run turned off',
    scheduled({ words: 'The morning run is turned off', state: 'off' }),
  ),
  popover(
    'with accounts that the morning run comes to at different times',
    appState([ready, account('upstox', 'upstox')], {
      schedule: { ...nextRunTomorrow, words: 'Next login tomorrow 07:45 for zerodha-main' },
    }),
  ),
  popover('with a year whose holidays are not published', scheduled(withoutHolidays), {
    act: (page) => page.getByRole('button', { name: 'Holidays?' }).click(),
  }),
  popover('before the market opens', appState([ready], { market: marketAt(NOW) })),
  popover('while the market is open', appState([ready], { market: opened })),
  popover('on a holiday', appState([ready], { market: marketAt(Date.UTC(2026, 2, 3)) })),
  popover(
    'that asks whether to start with the computer',
    appState([ready], { startAtLogin: { asks: true, at: defaultSettings.schedule.at } }),
  ),
  popover(
    'that does not start with the computer',
    appState([ready], { startAtLogin: { asks: false, at: defaultSettings.schedule.at } }),
  ),
  popover('that asks how long to pause', scheduled({}), {
    act: (page) => page.getByRole('button', { name: 'Pause…' }).click(),
  }),
  popover(
    'with accounts that the morning run skips',
    appState([
      { ...ready, morning: 'not-today' },
      account('upstox', 'upstox', { morning: 'off' }),
      account('kotak-neo', 'kotak-neo'),
    ]),
  ),
]
