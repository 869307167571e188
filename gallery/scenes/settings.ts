import type { Locator, Page } from 'playwright-core'
import type { SettingsBridge, SettingsView } from '../../electron/contract/settings.ts'
import { defaultSettings } from '../../electron/core/state/settings.ts'
import { electronWarning } from '../../electron/shell/settings/about.ts'
import { calendarNote } from '../../electron/core/schedule/trading-days.ts'
import { madeUpSettings as view } from '../../tests/support/made-up-views.ts'
import { settingsBridge } from '../bridges.ts'
import { NOW } from '../made-up.ts'
import type { Scene } from '../scene.ts'

const DAY_MS = 24 * 60 * 60_000

interface More {
  readonly bridge?: Partial<SettingsBridge>
  readonly act?: (page: Page) => Promise<void>
}

/** Returns a scene of the settings: "The settings NAME". */
const settings = (name: string, shown: SettingsView, more: More = {}): Scene => ({
  page: 'settings',
  name,
  bridge: settingsBridge(shown, more.bridge),
  act: more.act ?? (() => Promise.resolve()),
})

const { about } = view()

const DAY = 24 * 60 * 60 * 1000
const bothWays = view({
  channels: { webhook: { on: true, setAt: NOW - 12 * DAY }, telegram: { on: true, setAt: NOW - 400 * DAY } },
})

const group = (page: Page, name: string): Locator =>
  page.getByRole('group', { name }).or(page.getByRole('form', { name }))

/** Scrolls to the lock's settings, so that they are in the picture. */
const toLock = (page: Page): Promise<void> =>
  page.getByRole('region', { name: 'Lock' }).evaluate((section) => {
    section.scrollIntoView()
  })

export const settingsScenes: readonly Scene[] = [
  settings('as they are at first', view()),
  settings(
    'with everything on',
    view({
      launchAtLogin: true,
      settings: {
        ...defaultSettings,
        theme: 'dark',
        hour12: true,
        hideFromCapture: true,
        shortcut: 'Control+Alt+T',
        schedule: {
          ...defaultSettings.schedule,
          at: '08:30',
          extraClosed: ['2027-03-22'],
          extraOpen: ['2027-02-07'],
        },
        notifications: { failed: true, needsYou: true, expiring: true, allReady: true },
      },
    }),
  ),
  settings(
    'with the morning run paused and messages sent elsewhere',
    view({
      schedule: { words: 'Paused until Mon 17 Nov 08:15', calendarNote: null, state: 'paused' },
      channels: { webhook: { on: true, setAt: NOW - 3 * DAY_MS }, telegram: { on: true, setAt: NOW } },
    }),
  ),
  settings(
    'with all that can be wrong',
    view({
      schedule: { words: 'Next login Fri 1 Jan 08:15 IST', calendarNote: calendarNote(2027), state: 'on' },
      launchAtLogin: null,
      wayland: true,
      shortcutProblem: 'Another program uses Ctrl+Alt+T already. Choose another one.',
      settings: { ...defaultSettings, shortcut: 'Control+Alt+T' },
      about: {
        ...about,
        electron: '33.3.0',
        electronWarning: electronWarning('33.3.0', about.electron),
        keychainProblem: 'The keychain is locked.',
      },
    }),
  ),
  settings('after a message was tried', bothWays, {
    act: async (page) => {
      await group(page, 'Telegram').getByRole('button', { name: 'Send a test message' }).click()
      await page.getByText('Look whether it has arrived').waitFor()
    },
  }),
  settings('after an address was refused', view(), {
    bridge: {
      keepWebhook: () =>
        Promise.resolve({ ok: false, message: 'The webhook wants an address that begins with https://' }),
    },
    act: async (page) => {
      await page.getByText('Add a webhook or Telegram').click()
      await page.getByLabel('Address').fill('hooks.example.com')
      await group(page, 'Webhook').getByRole('button', { name: 'Save' }).click()
      await page.getByText('that begins with').waitFor()
    },
  }),
  settings('after a time that is none', view(), {
    bridge: {
      change: () => Promise.resolve({ ok: false, message: 'Type hours and minutes, such as 08:15.' }),
    },
    act: async (page) => {
      await page.getByLabel('Login time', { exact: true }).fill('8 h')
      await page.getByLabel('Login time', { exact: true }).press('Enter')
      await page.getByText('Type hours').waitFor()
    },
  }),
  settings(
    'with a newer version',
    view({
      update: {
        on: true,
        newer: {
          version: '0.2.0',
          notes: '### Added\n\n- Groww: unattended login.\n- The popover remembers where it was.',
          page: 'https://example.org/tokentray/releases/v0.2.0',
        },
      },
    }),
    {
      act: async (page) => {
        await page.getByText('Version 0.2.0 is out').scrollIntoViewIfNeeded()
      },
    },
  ),
  settings('before the lock is turned on', view(), { act: toLock }),
  settings(
    'with the lock turned on',
    view({ settings: { ...defaultSettings, lock: { on: true, afterMinutes: 15, logsIn: false } } }),
    { act: toLock },
  ),
  settings('after two passphrases that differ', view(), {
    bridge: {
      turnOnLock: () =>
        Promise.resolve({ ok: false, message: 'The passphrase was not the same twice. Nothing is changed.' }),
    },
    act: async (page) => {
      await page.getByLabel('New passphrase').fill('six words of a dice')
      await page.getByLabel('The same again').fill('six other words')
      await group(page, 'Ask for a passphrase').getByRole('button', { name: 'Turn on' }).click()
      await page.getByText('not the same twice').waitFor()
      await toLock(page)
    },
  }),
  settings('while a shortcut is recorded', view(), {
    act: (page) => page.getByRole('button', { name: 'Record a shortcut' }).click(),
  }),
]
