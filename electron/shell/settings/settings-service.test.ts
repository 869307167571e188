import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import { SettingsView, type AboutView } from '../../contract/settings.ts'
import { emptyState, type State, type StateStore } from '../../core/state/state.ts'
import { Emitter } from '../../core/concurrency/emitter.ts'
import type { LaunchAtLogin } from '../../core/ports.ts'
import { defaultSettings, type StoredSettings } from '../../core/state/settings.ts'
import { SettingsService, type SettingsDeps } from './settings-service.ts'
import { Shortcut } from './shortcut.ts'

/** Saturday 21 November 2026, 07:16 in India. */
const NOW = Date.UTC(2026, 10, 21, 1, 46)

/** Holds a state in memory that other processes may change too. */
class FakeStore implements StateStore {
  state: State = emptyState
  readonly #changed = new Emitter()

  reload(): Promise<State> {
    return Promise.resolve(this.state)
  }

  update(change: (state: State) => State): Promise<State> {
    this.state = change(this.state)
    this.#changed.emit()
    return Promise.resolve(this.state)
  }

  onChange(listener: () => void): () => void {
    return this.#changed.on(listener)
  }

  change(part: Partial<StoredSettings>): Promise<State> {
    return this.update((state) => ({ ...state, settings: { ...state.settings, ...part } }))
  }
}

class FakeLaunch implements LaunchAtLogin {
  on = false
  hidden: boolean | null = null
  refuses: 'with an error' | 'silently' | null = null

  isOn(): Promise<boolean> {
    return Promise.resolve(this.on)
  }

  set(on: boolean, hidden: boolean): Promise<void> {
    if (this.refuses === 'with an error') return Promise.reject(new Error('the folder is read-only'))
    if (this.refuses === null) this.on = on
    this.hidden = hidden
    return Promise.resolve()
  }
}

const about: AboutView = {
  version: '0.1.0',
  licence: 'MIT',
  electron: '45.4.1',
  chromium: '150',
  node: '24',
  system: 'Linux x64',
  electronWarning: null,
  keychain: 'Secret Service',
  keychainProblem: null,
  stateFolder: '/home/me',
}

function parts(replaced: Partial<SettingsDeps> = {}) {
  const store = new FakeStore()
  const launch = new FakeLaunch()
  const taken = new Set<string>()
  const held = new Set<string>()
  const shortcut = new Shortcut(
    {
      register: (keys) => !taken.has(keys) && held.add(keys).has(keys),
      unregister: (keys) => void held.delete(keys),
    },
    () => undefined,
  )
  const applied: StoredSettings[] = []
  const service = new SettingsService({
    store,
    clock: new FakeClock(NOW),
    nextRun: () => ({ at: NOW + 60 * 60_000, account: null }),
    launchAtLogin: launch,
    shortcut,
    apply: (settings) => applied.push(settings),
    about: () => Promise.resolve(about),
    hasReleaseFeed: false,
    platform: 'linux',
    wayland: false,
    handsOutShortcuts: () => Promise.resolve(null),
    ...replaced,
  })
  return { store, launch, taken, held, applied, service }
}

describe('the settings', () => {
  test('are in effect from the start, before anybody changes them', () => {
    expect(parts().applied).toEqual([defaultSettings])
  })

  test('that are changed are kept and take effect at once', async () => {
    const { store, applied, service } = parts()
    expect(await service.change({ theme: 'dark' })).toEqual({ ok: true })
    expect(store.state.settings.theme).toBe('dark')
    expect(applied.at(-1)?.theme).toBe('dark')
  })

  test('that another process changes take effect too', async () => {
    const { store, applied, held } = parts()
    await store.change({ hideFromCapture: true, shortcut: 'F9' })
    expect(applied.at(-1)?.hideFromCapture).toBe(true)
    expect([...held]).toEqual(['F9'])
  })

  test('are put into effect once: another change to the state is no change of theirs', async () => {
    const { store, applied } = parts()
    await store.update((state) => ({ ...state, practicePorts: { 'kite-connect': { web: 1 } } }))
    expect(applied).toHaveLength(1)
  })

  test('of the morning and its notices change one by one, and what the page does not show stays', async () => {
    const { store, service } = parts()
    await store.change({ schedule: { ...defaultSettings.schedule, pausedUntil: 7 } })
    await service.change({ scheduleOn: false })
    await service.change({ scheduleAt: '09:05' })
    await service.change({ notifyOf: 'allReady', on: true })
    expect(store.state.settings.schedule).toMatchObject({ on: false, at: '09:05', pausedUntil: 7 })
    expect(store.state.settings.notifications).toEqual({ ...defaultSettings.notifications, allReady: true })
  })

  test('pause the morning until the day ends, or another begins, and take it up again', async () => {
    const { store, service } = parts()
    const pausedUntil = () => store.state.settings.schedule.pausedUntil
    await service.change({ pauseUntil: 'today' })
    expect(pausedUntil()).toBe(Date.parse('2026-11-22T00:00:00+05:30'))
    expect((await service.view()).schedule.state).toBe('paused')
    await service.change({ pauseUntil: '2026-12-28' })
    expect(pausedUntil()).toBe(Date.parse('2026-12-28T00:00:00+05:30'))
    await service.change({ pauseUntil: null })
    expect(pausedUntil()).toBeNull()
    expect((await service.view()).schedule).toMatchObject({
      words: expect.stringMatching(/^Next login today 08:16/),
      state: 'on',
    })
  })

  test('take days of the user’s own, and let go of them', async () => {
    const { store, service } = parts()
    await service.change({ ownDay: '2027-03-22', is: 'closed' })
    await service.change({ ownDay: '2027-02-07', is: 'open' })
    expect((await service.view()).settings.schedule).toMatchObject({
      extraClosed: ['2027-03-22'],
      extraOpen: ['2027-02-07'],
    })
    await service.change({ ownDay: '2027-03-22', is: 'usual' })
    expect(store.state.settings.schedule.extraClosed).toEqual([])
  })

  test.each([
    [{ clipboardSeconds: 4 }, 'Choose from 5 to 120 seconds.'],
    [{ clipboardSeconds: 121 }, 'Choose from 5 to 120 seconds.'],
    [{ clipboardSeconds: 7.5 }, 'Choose from 5 to 120 seconds.'],
    [{ clipboardSeconds: Number.NaN }, 'Choose from 5 to 120 seconds.'],
    [{ scheduleAt: '8:15' }, 'Type hours and minutes, such as 08:15.'],
    [{ pauseUntil: '2026-11-21' }, 'Choose a day to come.'],
    [{ pauseUntil: '' }, 'Choose a day to come.'],
    [{ ownDay: '2027-02-30', is: 'closed' } as const, 'Choose a day.'],
    [{ shortcut: 'Control+C' }, 'Use a combination, such as Ctrl+Alt+T.'],
  ])('are left alone by %j, and it is told why', async (change, message) => {
    const { store, service } = parts()
    expect(await service.change(change)).toEqual({ ok: false, message })
    expect(store.state.settings).toEqual(defaultSettings)
  })

  test('the limits themselves can be had', async () => {
    const { store, service } = parts()
    await service.change({ clipboardSeconds: 5 })
    expect(store.state.settings.clipboardSeconds).toBe(5)
    await service.change({ clipboardSeconds: 120 })
    expect(store.state.settings.clipboardSeconds).toBe(120)
  })

  test('the view says all this and nothing that the page has no business with', async () => {
    const { service } = parts()
    const view = SettingsView.parse(await service.view())
    expect(view.settings.schedule).toEqual({ on: true, at: '08:15', extraClosed: [], extraOpen: [] })
    expect(view).toMatchObject({ launchAtLogin: false, shortcutProblem: null, platform: 'linux', about })
    expect(view.settings).not.toHaveProperty('outgoing')
  })
})

describe('the shortcut setting', () => {
  test('that another program has is told at once, and the old one stays', async () => {
    const { store, taken, held, service } = parts()
    await service.change({ shortcut: 'Control+Alt+T' })
    taken.add('F9')
    expect(await service.change({ shortcut: 'F9' })).toEqual({
      ok: false,
      message: 'Another program or your desktop has these keys. Choose others.',
    })
    expect(store.state.settings.shortcut).toBe('Control+Alt+T')
    expect([...held]).toEqual(['Control+Alt+T'])
  })

  test('that another program has taken since is told in the view', async () => {
    const { store, taken, service } = parts()
    taken.add('F9')
    await store.change({ shortcut: 'F9' })
    expect((await service.view()).shortcutProblem).toBe('Another program has these keys now. Choose others.')
  })

  test('is told of when a desktop on Wayland hands out none, and only then', async () => {
    const refused =
      'Your desktop gives programs no shortcuts. Make one in its own settings that starts TokenTray.'
    for (const [wayland, handsOut, told] of [
      [true, false, refused],
      [true, true, null],
      [true, null, null],
      [false, false, null],
    ] as const) {
      const { store, service } = parts({ wayland, handsOutShortcuts: () => Promise.resolve(handsOut) })
      expect((await service.view()).shortcutProblem).toBe(null)
      await store.change({ shortcut: 'F9' })
      expect((await service.view()).shortcutProblem).toBe(told)
    }
  })

  test('is given up when it is cleared', async () => {
    const { held, service } = parts()
    await service.change({ shortcut: 'F9' })
    await service.change({ shortcut: null })
    expect([...held]).toEqual([])
  })
})

describe('starting at login', () => {
  test('is asked of the system, hidden as was chosen, and told as the system has it', async () => {
    const { launch, service } = parts()
    expect(await service.change({ launchAtLogin: true })).toEqual({ ok: true })
    expect([launch.on, launch.hidden]).toEqual([true, true])
    expect((await service.view()).launchAtLogin).toBe(true)
    launch.on = false
    expect((await service.view()).launchAtLogin).toBe(false)
  })

  test('is set anew when hidden changes, and not when it is off', async () => {
    const { launch, service } = parts()
    await service.change({ startHidden: true })
    expect(launch.hidden).toBe(null)
    await service.change({ launchAtLogin: true })
    await service.change({ startHidden: false })
    expect([launch.on, launch.hidden]).toEqual([true, false])
  })

  test('that can’t be written is told with its reason', async () => {
    const { launch, service } = parts()
    launch.refuses = 'with an error'
    expect(await service.change({ launchAtLogin: true })).toEqual({
      ok: false,
      message: 'That could not be set: the folder is read-only.',
    })
  })

  test('that the system keeps switched off is told with what to do', async () => {
    const { launch, service } = parts({ platform: 'darwin' })
    launch.refuses = 'silently'
    expect(await service.change({ launchAtLogin: true })).toEqual({
      ok: false,
      message: 'macOS wants you to allow it: System Settings, General, Login Items.',
    })
  })

  test('where it can’t be had is neither on nor off', async () => {
    const { service } = parts({ launchAtLogin: null })
    expect((await service.view()).launchAtLogin).toBe(null)
    expect((await service.change({ launchAtLogin: true })).ok).toBe(false)
  })

  test('tells whoever shows the settings', async () => {
    const { service } = parts()
    let told = 0
    service.onChange(() => told++)
    await service.change({ launchAtLogin: true })
    await service.change({ hour12: true })
    expect(told).toBe(2)
  })
})

describe('new versions', () => {
  const latest = { version: '0.2.0', notes: 'New', page: 'https://example.org/v0.2.0' }

  test('are shown when they are newer than this one, and looked for until that is switched off', async () => {
    const { store, service } = parts({ hasReleaseFeed: true })
    expect((await service.view()).update).toEqual({ on: true, newer: null })
    await store.change({ updates: { on: true, askedAt: NOW, latest } })
    expect((await service.view()).update).toEqual({ on: true, newer: latest })
    expect(await service.change({ updates: false })).toEqual({ ok: true })
    expect(store.state.settings.updates).toEqual({ on: false, askedAt: NOW, latest })
    await store.change({ updates: { on: true, askedAt: NOW, latest: { ...latest, version: '0.1.0' } } })
    expect((await service.view()).update).toEqual({ on: true, newer: null })
  })

  test('have no place in the settings while no release feed is known', async () => {
    const { store, service } = parts()
    await store.change({ updates: { on: true, askedAt: NOW, latest } })
    expect((await service.view()).update).toBe(null)
  })
})
