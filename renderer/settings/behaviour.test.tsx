import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { SettingsBridge, SettingsView } from '../../electron/contract/settings.ts'
import { settingsBridge } from '../../gallery/bridges.ts'
import { madeUpSettings } from '../../tests/support/made-up-views.ts'
import { Page } from './Page.tsx'

afterEach(cleanup)

interface Opened {
  readonly user: UserEvent
  readonly change: ReturnType<typeof accepting>
  /** Shows the page other settings, as the main process does after a change. */
  readonly receive: (view: SettingsView) => void
}

const accepting = () => vi.fn<SettingsBridge['change']>(() => Promise.resolve({ ok: true }))

/** Opens the settings with a bridge that says yes to whatever `part` leaves out. */
function open(view = madeUpSettings(), part: Partial<SettingsBridge> = {}): Opened {
  let show: (view: SettingsView) => void = () => undefined
  const change = accepting()
  const bridge = settingsBridge(view, {
    change,
    on: (_event, listener) => {
      show = (next) => void Reflect.apply(listener, null, [next])
      return () => undefined
    },
    ...part,
  })
  render(<Page bridge={bridge} first={view} />)
  return {
    user: userEvent.setup(),
    change,
    receive: (next) => {
      act(() => {
        show(next)
      })
    },
  }
}

const toggle = (name: string): HTMLElement => screen.getByRole('switch', { name })
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })
const done = () => vi.fn(() => Promise.resolve(undefined))

describe('a switch', () => {
  test('asks for the change, says that it is saved, and turns once it is so', async () => {
    const view = madeUpSettings()
    const { user, change, receive } = open(view)
    await user.click(toggle('Start at login'))
    expect(change.mock.calls).toEqual([[{ launchAtLogin: true }]])
    expect(await screen.findByText('Saved')).toBeTruthy()
    expect(toggle('Start at login')).toHaveProperty('checked', false)
    receive({ ...view, launchAtLogin: true })
    expect(toggle('Start at login')).toHaveProperty('checked', true)
  })

  test('that can’t be turned says why at its own row', async () => {
    const refused = { ok: false as const, message: 'The autostart folder can’t be written.' }
    const { user } = open(madeUpSettings(), { change: () => Promise.resolve(refused) })
    await user.click(toggle('24-hour clock'))
    await screen.findByText(refused.message)
    const row = document.getElementById('clock24-outcome')
    expect(row?.textContent).toBe(refused.message)
    expect(row?.dataset['ok']).toBe('false')
    expect(toggle('24-hour clock').getAttribute('aria-describedby')).toContain('clock24-outcome')
  })

  test('says so when the main process does not answer', async () => {
    const { user } = open(madeUpSettings(), { change: () => Promise.reject(new Error('refused')) })
    await user.click(toggle('24-hour clock'))
    expect(await screen.findByText(/^That did not work\./)).toBeTruthy()
  })

  test('is greyed where it has no meaning', () => {
    open(madeUpSettings({ launchAtLogin: null }))
    expect(toggle('Start at login')).toHaveProperty('disabled', true)
    expect(toggle('Start hidden')).toHaveProperty('disabled', true)
    expect(screen.getByText(/^Not for this copy of TokenTray/)).toBeTruthy()
  })
})

describe('the time of the morning run', () => {
  const input = (): HTMLElement => screen.getByRole('textbox', { name: 'Login time' })

  test('takes effect once it is whole, as an hour of India on 24 hours', async () => {
    const { user, change } = open()
    await user.clear(input())
    await user.type(input(), '7:4')
    expect(change).not.toHaveBeenCalled()
    await user.type(input(), '5 am')
    expect(change.mock.calls.at(-1)).toEqual([{ scheduleAt: '07:45' }])
  })

  test('that is none is called wrong only once it is left, and the main process says how', async () => {
    const { user, change } = open()
    await user.clear(input())
    await user.type(input(), 'eight')
    expect(input().getAttribute('aria-invalid')).toBe('false')
    await user.tab()
    expect(input().getAttribute('aria-invalid')).toBe('true')
    expect(change.mock.calls).toEqual([[{ scheduleAt: 'eight' }]])
  })
})

describe('recording a shortcut', () => {
  test('shows the keys, keeps them on release, and lets go of the one in use meanwhile', async () => {
    const recordShortcut = done()
    const { user, change } = open(madeUpSettings(), { recordShortcut })
    await user.click(button(/Record a shortcut$/))
    expect(screen.getByText('Press the keys…')).toBeTruthy()
    await user.keyboard('{Control>}{Alt>}k')
    expect(change.mock.calls).toEqual([[{ shortcut: 'Control+Alt+K' }]])
    await user.keyboard('{/Alt}{/Control}')
    expect(recordShortcut.mock.calls).toEqual([[{ recording: true }], [{ recording: false }]])
  })

  test('ends by Escape, which closes the settings only the next time', async () => {
    const close = done()
    const { user, change } = open(madeUpSettings(), { close })
    await user.click(button(/Record a shortcut$/))
    await user.keyboard('{Escape}')
    expect(screen.queryByText('Press the keys…')).toBeNull()
    expect(close).not.toHaveBeenCalled()
    await user.keyboard('{Escape}')
    expect(close).toHaveBeenCalledOnce()
    expect(change).not.toHaveBeenCalled()
  })

  test('ends when the focus goes elsewhere', async () => {
    const recordShortcut = done()
    const { user } = open(madeUpSettings(), { recordShortcut })
    await user.click(button(/Record a shortcut$/))
    await user.tab()
    expect(recordShortcut.mock.calls.at(-1)).toEqual([{ recording: false }])
  })
})

describe('a channel', () => {
  const webhook = (): HTMLElement => screen.getByRole('form', { name: 'Webhook' })
  const on = madeUpSettings({
    channels: { webhook: { on: true, setAt: null }, telegram: { on: false, setAt: null } },
  })

  test('is kept, and what was typed is gone from the page', async () => {
    const keepWebhook = vi.fn(() => Promise.resolve({ ok: true as const }))
    const { user, receive } = open(madeUpSettings(), { keepWebhook })
    await user.type(within(webhook()).getByLabelText('Address'), 'https://hooks.example/T0')
    await user.click(within(webhook()).getByRole('button', { name: 'Save' }))
    expect(keepWebhook.mock.calls).toEqual([[{ address: 'https://hooks.example/T0' }]])
    expect(within(webhook()).getByLabelText('Address')).toHaveProperty('value', '')
    receive(on)
    expect(document.body.innerHTML).not.toContain('hooks.example')
    expect(button('Send a test message')).toBeTruthy()
  })

  test('that is refused keeps what was typed, to be put right', async () => {
    const refused = { ok: false as const, message: 'This is no https:// address.' }
    const { user } = open(madeUpSettings(), { keepWebhook: () => Promise.resolve(refused) })
    await user.type(within(webhook()).getByLabelText('Address'), 'hooks.example{Enter}')
    expect(await screen.findByText(refused.message)).toBeTruthy()
    expect(within(webhook()).getByLabelText('Address')).toHaveProperty('value', 'hooks.example')
  })

  test('can be tried and forgotten', async () => {
    const [testChannel, forgetChannel] = [
      vi.fn(() => Promise.resolve({ ok: true as const })),
      vi.fn(() => Promise.resolve({ ok: true as const })),
    ]
    const { user } = open(on, { testChannel, forgetChannel })
    await user.click(button('Send a test message'))
    expect(await screen.findByText('Sent. Look whether it has arrived.')).toBeTruthy()
    await user.click(button('Forget'))
    expect(testChannel.mock.calls).toEqual([[{ channel: 'webhook' }]])
    expect(forgetChannel.mock.calls).toEqual([[{ channel: 'webhook' }]])
  })
})

test('days of one’s own are added and removed, in the order of the calendar', async () => {
  const view = madeUpSettings()
  const schedule = { ...view.settings.schedule, extraClosed: ['2026-03-10'], extraOpen: ['2026-02-01'] }
  const { user, change } = open({ ...view, settings: { ...view.settings, schedule } })
  const days = within(screen.getByRole('list', { name: 'Extra holidays and sessions' }))
  expect(days.getAllByRole('listitem').map((day) => day.textContent)).toEqual([
    expect.stringContaining('special session'),
    expect.stringContaining('holiday'),
  ])
  await user.click(button(/^Remove .*10 Mar/))
  await user.type(screen.getByLabelText('Day'), '2026-04-03')
  await user.selectOptions(screen.getByLabelText('What it is'), 'Special session')
  await user.click(button('Add'))
  expect(change.mock.calls).toEqual([
    [{ ownDay: '2026-03-10', is: 'usual' }],
    [{ ownDay: '2026-04-03', is: 'open' }],
  ])
})

test.each([
  ['Tomorrow', '2026-11-14'],
  ['This week', '2026-11-16'],
])('the morning run is paused for %s as in the popover', async (words, pauseUntil) => {
  const { user, change } = open()
  expect(screen.getByText('Pause the mornings for:')).toBeTruthy()
  await user.click(button(words))
  expect(change.mock.calls).toEqual([[{ pauseUntil }]])
})

test('the morning run is paused until a day to come', async () => {
  const { user, change } = open()
  await user.click(button('Date…'))
  await user.keyboard('{Escape}')
  expect(document.activeElement).toBe(button('Today'))
  await user.click(button('Date…'))
  await user.type(screen.getByLabelText('First day with a run again'), '2026-11-20')
  await user.click(button('Pause'))
  expect(change.mock.calls).toEqual([[{ pauseUntil: '2026-11-20' }]])
})

test('the morning run is paused and resumed, and the focus stays in its row', async () => {
  const view = madeUpSettings()
  const { user, change, receive } = open(view)
  await user.click(button('Today'))
  receive({ ...view, schedule: { ...view.schedule, words: 'Paused for today', state: 'paused' } })
  expect(document.activeElement).toBe(button('Resume').parentElement)
  await user.tab()
  await user.keyboard('{Enter}')
  expect(change.mock.calls).toEqual([[{ pauseUntil: 'today' }], [{ pauseUntil: null }]])
})

describe('the month', () => {
  const month = () => within(screen.getByRole('group', { name: 'Trading days' }))
  const view = madeUpSettings()
  const own = {
    ...view,
    settings: { ...view.settings, schedule: { ...view.settings.schedule, extraOpen: ['2026-11-28'] } },
  }

  test('shows the exchange’s holidays, weekends and the user’s own days', () => {
    open(own)
    expect(month().getByRole('status').textContent).toBe('November 2026')
    const day = (name: RegExp): HTMLElement => month().getByRole('button', { name })
    expect(day(/^12 .*, open$/).getAttribute('aria-current')).toBe('date')
    expect(day(/^24 .*, closed: Prakash Gurpurb/)).toBeTruthy()
    expect(day(/^14 .*, closed$/)).toBeTruthy()
    expect(day(/^28 .*, open: your session$/)).toBeTruthy()
  })

  test('goes to other months, and takes a day that is pressed over for a change', async () => {
    const { user, change } = open(view)
    await user.click(button('The next month'))
    expect(month().getByRole('status').textContent).toBe('December 2026')
    await user.click(month().getByRole('button', { name: /^1 December/ }))
    await user.click(button('Add'))
    expect(change.mock.calls).toEqual([[{ ownDay: '2026-12-01', is: 'closed' }]])
  })
})

test('a section is one press away', async () => {
  const { user } = open()
  const nav = within(screen.getByRole('navigation', { name: 'Sections' }))
  await user.click(nav.getByRole('button', { name: 'Lock' }))
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Lock' }))
})

test('what does nothing on Linux is not shown there', () => {
  open()
  expect(screen.queryByRole('switch', { name: 'Hide from screen capture' })).toBeNull()
  cleanup()
  open(madeUpSettings({ platform: 'win32' }))
  expect(toggle('Hide from screen capture')).toBeTruthy()
})

test('the count in the menu bar is a choice on macOS alone', async () => {
  open()
  expect(screen.queryByRole('switch', { name: 'Count in the menu bar' })).toBeNull()
  cleanup()
  const { user, change } = open(madeUpSettings({ platform: 'darwin' }))
  await user.click(toggle('Count in the menu bar'))
  expect(change.mock.calls).toEqual([[{ menuBarCount: true }]])
})

test('codes are blurred by choice', async () => {
  const { user, change } = open()
  await user.click(toggle('Blur codes until pointed at'))
  expect(change.mock.calls).toEqual([[{ blurCodes: true }]])
})

test('the size of text is chosen, and the keys for it are named', async () => {
  const { user, change } = open()
  expect(screen.getByText('In every window also Ctrl and + or −; Ctrl and 0 for 100 %.')).toBeTruthy()
  await user.selectOptions(screen.getByLabelText('Text size'), '150 %')
  expect(change.mock.calls).toEqual([[{ textPercent: 150 }]])
})
