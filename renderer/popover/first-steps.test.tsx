import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { account, appState, NOW } from './fixtures.ts'
import { button, done, open } from './opened.tsx'

afterEach(cleanup)

const schedule = { words: 'Next login tomorrow 08:15', calendarNote: null, state: 'on' as const }
const QUESTION = 'Start TokenTray with this computer, so that it is there at 08:15?'

test('the popover asks once whether to start with the computer', async () => {
  const answerStart = vi.fn(() => Promise.resolve({ ok: true as const }))
  const { user } = open(appState([account()], { schedule, startAtLogin: { asks: true, at: '08:15' } }), {
    answerStart,
  })
  screen.getByText(QUESTION)
  await user.click(button('Not now'))
  await user.click(button('Start it'))
  expect(answerStart.mock.calls).toEqual([[{ start: false }], [{ start: true }]])
})

test('afterwards the footer says what is missing, and why it could not be set', async () => {
  const message = 'That could not be set: EACCES.'
  const answerStart = vi.fn(() => Promise.resolve({ ok: false as const, message }))
  const { user } = open(appState([account()], { schedule, startAtLogin: { asks: false, at: '08:15' } }), {
    answerStart,
  })
  expect(screen.queryByText(QUESTION)).toBeNull()
  screen.getByText('Runs at 08:15 only if TokenTray is open')
  await user.click(button('Start at login'))
  expect(answerStart).toHaveBeenCalledWith({ start: true })
  await screen.findByText(message, { exact: false })
})

test('the market is told in one line that no screen reader is told by itself', () => {
  const session = { opensAt: NOW + 23 * 60_000, closesAt: NOW + 400 * 60_000 }
  open(appState([account()], { schedule, market: { session, holiday: null } }), { hide: done() })
  expect(screen.getByText('Opens in 23 min · ready').closest('[aria-live], [role=status]')).toBeNull()
})
