import { isDeepStrictEqual } from 'node:util'
import type {
  AboutView,
  SettingChange,
  SettingOutcome,
  SettingsView,
  UpdateView,
} from '../../contract/settings.ts'
import { clipboardLimits, isTimeOfDay, lockLimits, shortcutFault } from '../../contract/settings-limits.ts'
import { istDate } from '../../contract/words.ts'
import { Emitter } from '../../core/concurrency/emitter.ts'
import type { Clock, LaunchAtLogin } from '../../core/ports.ts'
import type { StateStore } from '../../core/state/state.ts'
import { pauseEnd, withDay } from '../../core/state/schedule-changes.ts'
import { isDay } from '../../core/time/ist.ts'
import type { NextRun } from '../../core/schedule/next-run.ts'
import { scheduleView } from '../../core/schedule/schedule-view.ts'
import { exchangeDays } from '../../core/schedule/trading-days.ts'
import type { StoredSettings } from '../../core/state/settings.ts'
import { isNewer } from '../../core/update/newer.ts'
import type { Shortcut } from './shortcut.ts'

export interface SettingsDeps {
  readonly store: StateStore
  readonly clock: Pick<Clock, 'now'>
  /** Returns the schedule's next run; null for none. */
  readonly nextRun: () => NextRun | null
  /** Null where the system can't start TokenTray at login. */
  readonly launchAtLogin: LaunchAtLogin | null
  readonly shortcut: Shortcut
  /** Applies the settings that no code reads on demand. */
  readonly apply: (settings: StoredSettings) => void
  readonly about: () => Promise<AboutView>
  /** Whether a release feed is known. */
  readonly hasReleaseFeed: boolean
  readonly platform: SettingsView['platform']
  readonly wayland: boolean
  /** Resolves to whether the desktop offers global shortcuts; null when unknown. */
  readonly handsOutShortcuts: () => Promise<boolean | null>
}

/** Reads, changes and applies the settings, including changes by other processes. */
export class SettingsService {
  readonly #deps: SettingsDeps
  readonly #changed = new Emitter()
  #applied: StoredSettings | null = null

  constructor(deps: SettingsDeps) {
    this.#deps = deps
    this.#apply()
    deps.store.onChange(() => {
      this.#apply()
    })
  }

  get current(): StoredSettings {
    return this.#deps.store.state.settings
  }

  onChange(listener: () => void): void {
    this.#changed.on(listener)
  }

  async view(): Promise<SettingsView> {
    const { launchAtLogin, platform, wayland, about, nextRun, clock } = this.#deps
    const [launches, aboutNow, shortcutProblem] = await Promise.all([
      launchAtLogin?.isOn() ?? null,
      about(),
      this.#shortcutProblem(),
    ])
    const { hour12, outgoing, schedule } = this.current
    const now = clock.now()
    return {
      settings: this.current,
      schedule: scheduleView(nextRun(), schedule, now, new Date(now).getTimezoneOffset(), hour12),
      channels: {
        webhook: { on: outgoing.webhook, setAt: outgoing.webhookSetAt },
        telegram: { on: outgoing.telegram, setAt: outgoing.telegramSetAt },
      },
      calendar: { today: istDate(now), days: exchangeDays() },
      launchAtLogin: launches,
      shortcutProblem,
      platform,
      wayland,
      update: this.#update(aboutNow.version),
      about: aboutNow,
    }
  }

  async change(change: SettingChange): Promise<SettingOutcome> {
    if ('launchAtLogin' in change) return this.#launch(change.launchAtLogin)
    const { clock, launchAtLogin, store } = this.#deps
    const now = clock.now()
    const message = faultOf(change, now) ?? this.#claim(change)
    if (message !== null) return { ok: false, message }
    await store.update((state) => ({ ...state, settings: changed(state.settings, change, now) }))
    if ('startHidden' in change && (await launchAtLogin?.isOn()) === true) return this.#launch(true)
    return { ok: true }
  }

  #apply(): void {
    const settings = this.current
    if (isDeepStrictEqual(settings, this.#applied)) return
    this.#applied = settings
    this.#deps.shortcut.use(settings.shortcut)
    this.#deps.apply(settings)
    this.#changed.emit()
  }

  #update(version: string): UpdateView | null {
    if (!this.#deps.hasReleaseFeed) return null
    const { on, latest } = this.current.updates
    return { on, newer: latest !== null && isNewer(latest.version, version) ? latest : null }
  }

  /** Returns why the shortcut does nothing. On Wayland a desktop without a portal silently ignores it. */
  async #shortcutProblem(): Promise<string | null> {
    const { handsOutShortcuts, shortcut, wayland } = this.#deps
    if (this.current.shortcut === null) return null
    if (wayland && (await handsOutShortcuts()) === false)
      return 'Your desktop gives programs no shortcuts. Make one in its own settings that starts TokenTray.'
    return shortcut.isMissing ? 'Another program has these keys now. Choose others.' : null
  }

  /** Registers a changed shortcut; returns a sentence when that fails. */
  #claim(change: SettingChange): string | null {
    if (!('shortcut' in change) || change.shortcut === null) return null
    return this.#deps.shortcut.claim(change.shortcut)
      ? null
      : 'Another program or your desktop has these keys. Choose others.'
  }

  async #launch(on: boolean): Promise<SettingOutcome> {
    const { launchAtLogin, platform } = this.#deps
    if (launchAtLogin === null)
      return { ok: false, message: 'This copy of TokenTray can’t be started at login.' }
    try {
      await launchAtLogin.set(on, this.current.startHidden)
    } catch (error) {
      return { ok: false, message: `That could not be set: ${reasonOf(error)}.` }
    }
    this.#changed.emit()
    if (!on || (await launchAtLogin.isOn())) return { ok: true }
    return {
      ok: false,
      message:
        platform === 'darwin'
          ? 'macOS wants you to allow it: System Settings, General, Login Items.'
          : 'The system has it switched off. Switch it on in its list of programs that start at login.',
    }
  }
}

/** Returns the error of a change as a sentence; null for a valid change. */
function faultOf(change: SettingChange, now: number): string | null {
  if ('clipboardSeconds' in change) return rangeFault(change.clipboardSeconds, clipboardLimits, 'seconds')
  if ('lockAfterMinutes' in change) return rangeFault(change.lockAfterMinutes, lockLimits, 'minutes')
  if ('scheduleAt' in change && !isTimeOfDay(change.scheduleAt))
    return 'Type hours and minutes, such as 08:15.'
  if ('pauseUntil' in change && change.pauseUntil !== null && pauseEnd(change.pauseUntil, now) === null)
    return 'Choose a day to come.'
  if ('ownDay' in change && !isDay(change.ownDay)) return 'Choose a day.'
  if ('shortcut' in change && change.shortcut !== null) return shortcutFault(change.shortcut)
  return null
}

function rangeFault(
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
  unit: string,
): string | null {
  const fits = Number.isInteger(value) && value >= min && value <= max
  return fits ? null : `Choose from ${min} to ${max} ${unit}.`
}

function changed(
  settings: StoredSettings,
  change: Exclude<SettingChange, { readonly launchAtLogin: boolean }>,
  now: number,
): StoredSettings {
  const { schedule, notifications, lock, updates } = settings
  if ('updates' in change) return { ...settings, updates: { ...updates, on: change.updates } }
  if ('scheduleOn' in change) return { ...settings, schedule: { ...schedule, on: change.scheduleOn } }
  if ('scheduleAt' in change) return { ...settings, schedule: { ...schedule, at: change.scheduleAt } }
  if ('pauseUntil' in change) {
    const pausedUntil = change.pauseUntil === null ? null : pauseEnd(change.pauseUntil, now)
    return { ...settings, schedule: { ...schedule, pausedUntil } }
  }
  if ('lockAfterMinutes' in change)
    return { ...settings, lock: { ...lock, afterMinutes: change.lockAfterMinutes } }
  if ('logsInLocked' in change) return { ...settings, lock: { ...lock, logsIn: change.logsInLocked } }
  if ('ownDay' in change) return { ...settings, schedule: withDay(schedule, change.ownDay, change.is) }
  if ('notifyOf' in change) {
    return { ...settings, notifications: { ...notifications, [change.notifyOf]: change.on } }
  }
  return { ...settings, ...change }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
