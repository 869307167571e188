import { describe, expect, test } from 'vitest'
import { emptyState, State } from './state.ts'
import { defaultSettings, StoredSettings } from './settings.ts'

const account = {
  name: 'main',
  brokerId: 'kite-connect',
  settings: {},
  endpoints: {},
  termsAcceptedAt: null,
  secretsSetAt: {},
  spent: { password: 0, code: 0 },
  codesSent: [],
  token: null,
  problem: null,
}
const fileWith = (settings: object): unknown => ({ ...emptyState, accounts: [account], ...settings })

describe('the settings in a state file', () => {
  test('are those of a new profile when the file is older than they are', () => {
    const state = State.parse({ version: 1, accounts: [account], practicePorts: {} })
    expect(state.settings).toEqual(defaultSettings)
    expect(state.accounts).toHaveLength(1)
  })

  test.each([null, 7, 'all', [], { settings: {} }])(
    'never cost an account: %j in their place',
    (settings) => {
      const state = State.parse(fileWith({ settings }))
      expect(state.settings).toEqual(defaultSettings)
      expect(state.accounts.map(({ name }) => name)).toEqual(['main'])
    },
  )

  test.each([
    ['clipboardSeconds', 4],
    ['clipboardSeconds', 121],
    ['clipboardSeconds', 30.5],
    ['clipboardSeconds', '30'],
    ['theme', 'pink'],
    ['shortcut', 'Control+C'],
    ['shortcut', 'T'],
    ['schedule', 'at eight'],
    ['notifications', []],
  ] as const)('fall back one by one: %s can’t be %j', (name, value) => {
    const chosen = { ...defaultSettings, hour12: true, hideFromCapture: true }
    const { settings } = State.parse(fileWith({ settings: { ...chosen, [name]: value } }))
    expect(settings).toEqual({ ...chosen, [name]: defaultSettings[name] })
  })

  test('keep what was chosen, and leave out what a newer version has added', () => {
    const chosen: StoredSettings = {
      ...defaultSettings,
      startHidden: false,
      theme: 'dark',
      clipboardSeconds: 120,
      shortcut: 'Control+Alt+T',
      schedule: { ...defaultSettings.schedule, at: '09:00', pausedUntil: 1 },
    }
    expect(StoredSettings.parse({ ...chosen, fromTheFuture: true })).toEqual(chosen)
  })
})
