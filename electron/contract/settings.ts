import * as z from 'zod/mini'
import type { Bridge, Contract } from './contract.ts'
import { nothing, typedSecret } from './requests.ts'
import { clipboardLimits, isAccelerator, isTimeOfDay, lockLimits, textSizes } from './settings-limits.ts'
import { ScheduleView } from './state.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const timeOfDay = z.string().check(z.refine(isTimeOfDay))

/** The part of the morning run's schedule that the settings show. */
export const Schedule = z.object({
  on: z.boolean(),
  /** `HH:MM` in India. */
  at: timeOfDay,
  /** Days (`YYYY-MM-DD`) that the user has marked closed or open; they override the exchange's calendar. */
  extraClosed: z.array(z.string()),
  extraOpen: z.array(z.string()),
})

/** The marks that a day can have; `usual` follows the exchange's calendar. */
export const dayKinds = ['closed', 'open', 'usual'] as const
export type DayKind = (typeof dayKinds)[number]

export const noticeKinds = ['failed', 'needsYou', 'expiring', 'allReady'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Whether TokenTray sends notices of each kind. */
export const Notifications = z.record(z.enum(noticeKinds), z.boolean())

/** The part of the lock that is no secret. Its passphrase's check is in the keychain, which has the last word on `on`. */
export const LockSettings = z.object({
  on: z.boolean(),
  /** How long nobody uses the computer before it locks, minutes. */
  afterMinutes: z.int().check(z.gte(lockLimits.min), z.lte(lockLimits.max)),
  /** Whether the schedule logs in while locked. */
  logsIn: z.boolean(),
})
export type LockSettings = z.infer<typeof LockSettings>

/**
 * Holds the user's settings and no secret. Starting at login is not among them, because the user may change it in
 * the system's own settings too.
 */
export const Settings = z.object({
  /** True to start without a window when the system starts TokenTray at login. */
  startHidden: z.boolean(),
  theme: z.enum(themes),
  /** True for "6:00 am" in place of "06:00". */
  hour12: z.boolean(),
  /** How long a copied secret stays on the clipboard, s. */
  clipboardSeconds: z.int().check(z.gte(clipboardLimits.min), z.lte(clipboardLimits.max)),
  hideFromCapture: z.boolean(),
  /** Whether the popover blurs codes until they are pointed at. */
  blurCodes: z.boolean(),
  /** Whether macOS shows beside the icon how many accounts are ready. */
  menuBarCount: z.boolean(),
  /** The size of text in the windows, percent. */
  textPercent: z.literal([...textSizes]),
  /** The Electron accelerator that opens and hides the popover from any program; null for none. */
  shortcut: z.nullable(z.string().check(z.refine(isAccelerator))),
  schedule: Schedule,
  notifications: Notifications,
  lock: LockSettings,
})
export type Settings = z.infer<typeof Settings>

/** The versions of TokenTray and of the system under it. */
export const AboutView = z.object({
  version: z.string(),
  licence: z.string(),
  electron: z.string(),
  chromium: z.string(),
  node: z.string(),
  /** Such as "Linux x64". */
  system: z.string(),
  /** A sentence about an Electron that gets no more security fixes; null for a supported one. */
  electronWarning: z.nullable(z.string()),
  /** The name of the place that stores the secrets. */
  keychain: z.string(),
  /** Why the keychain can't be used now; null when it can. */
  keychainProblem: z.nullable(z.string()),
  stateFolder: z.string(),
})
export type AboutView = z.infer<typeof AboutView>

/** The channels besides this desktop that notices can go to. */
export const notificationChannels = ['webhook', 'telegram'] as const
export type NotificationChannel = (typeof notificationChannels)[number]

/**
 * Whether a channel is on, and when its address was entered (epoch ms; null when unknown). The address stays in the
 * keychain.
 */
export const ChannelView = z.object({ on: z.boolean(), setAt: z.nullable(z.number()) })
export type ChannelView = z.infer<typeof ChannelView>

/** A version that the release feed names. */
export const Release = z.object({
  version: z.string(),
  /** Markdown, shown as it is. */
  notes: z.string(),
  /** The address of the release's page. */
  page: z.string(),
})
export type Release = z.infer<typeof Release>

/** Whether new versions are looked for, and the newer one that was found. */
export const UpdateView = z.object({ on: z.boolean(), newer: z.nullable(Release) })
export type UpdateView = z.infer<typeof UpdateView>

/** A weekday on which the exchange is closed, or another day on which it is open. */
export const ExchangeDay = z.object({ date: z.string(), is: z.enum(['closed', 'open']), name: z.string() })
export type ExchangeDay = z.infer<typeof ExchangeDay>

/** Everything the settings page shows. */
export const SettingsView = z.object({
  settings: Settings,
  schedule: ScheduleView,
  /** Today in India (`YYYY-MM-DD`), and the exchange's days that are not as the weekday says. */
  calendar: z.object({ today: z.string(), days: z.array(ExchangeDay) }),
  /** Whether the system starts TokenTray at login; null where it can't. */
  launchAtLogin: z.nullable(z.boolean()),
  /** A sentence that says why the chosen shortcut does nothing; null when it works or is not set. */
  shortcutProblem: z.nullable(z.string()),
  channels: z.record(z.enum(notificationChannels), ChannelView),
  platform: z.enum(['linux', 'darwin', 'win32']),
  /** True on Wayland, which keeps programs from reading each other's keys. */
  wayland: z.boolean(),
  /** Null where no release feed is known, so that nothing is ever asked. */
  update: z.nullable(UpdateView),
  about: AboutView,
})
export type SettingsView = z.infer<typeof SettingsView>

const text = z.string().check(z.maxLength(100))

/** Changes one setting, by its name. A value outside its limits is refused by the reply, in words for the user. */
export const SettingChange = z.union([
  z.strictObject({ launchAtLogin: z.boolean() }),
  z.strictObject({ startHidden: z.boolean() }),
  z.strictObject({ theme: z.enum(themes) }),
  z.strictObject({ hour12: z.boolean() }),
  z.strictObject({ clipboardSeconds: z.number() }),
  z.strictObject({ hideFromCapture: z.boolean() }),
  z.strictObject({ blurCodes: z.boolean() }),
  z.strictObject({ menuBarCount: z.boolean() }),
  z.strictObject({ textPercent: z.literal([...textSizes]) }),
  z.strictObject({ shortcut: z.nullable(text) }),
  z.strictObject({ scheduleOn: z.boolean() }),
  z.strictObject({ scheduleAt: text }),
  /** `today`, a day (`YYYY-MM-DD`), or null for no pause. */
  z.strictObject({ pauseUntil: z.nullable(text) }),
  z.strictObject({ ownDay: text, is: z.enum(dayKinds) }),
  z.strictObject({ notifyOf: z.enum(noticeKinds), on: z.boolean() }),
  z.strictObject({ updates: z.boolean() }),
  z.strictObject({ lockAfterMinutes: z.number() }),
  z.strictObject({ logsInLocked: z.boolean() }),
])
export type SettingChange = z.infer<typeof SettingChange>

/** Reports success, or a failure in a sentence; after a failure nothing has changed. */
export const SettingOutcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), message: z.string() }),
])
export type SettingOutcome = z.infer<typeof SettingOutcome>

const OneChannel = z.object({ channel: z.enum(notificationChannels) })

/** Defines the requests that the settings page may send and the events that it receives. */
export const settingsContract = {
  requests: {
    describe: { request: nothing, reply: SettingsView },
    change: { request: SettingChange, reply: SettingOutcome },
    /** Releases the shortcut in use while keys are recorded, so that it can be pressed here too. */
    recordShortcut: { request: z.object({ recording: z.boolean() }), reply: nothing },
    openStateFolder: { request: nothing, reply: SettingOutcome },
    /** Copies the address of the newer version's page, because TokenTray opens no browser. */
    copyReleasePage: { request: nothing, reply: SettingOutcome },
    /** Stores a secret, like `keepTelegram`; no reply returns it. */
    keepWebhook: { request: z.object({ address: typedSecret }), reply: SettingOutcome },
    keepTelegram: { request: z.object({ token: typedSecret, chat: typedSecret }), reply: SettingOutcome },
    forgetChannel: { request: OneChannel, reply: SettingOutcome },
    /** Sends a message to the channel, so that the user sees whether it arrives. */
    testChannel: { request: OneChannel, reply: SettingOutcome },
    /** Turns the lock on with a new passphrase, typed twice. */
    turnOnLock: { request: z.object({ passphrase: typedSecret, again: typedSecret }), reply: SettingOutcome },
    turnOffLock: { request: z.object({ passphrase: typedSecret }), reply: SettingOutcome },
    close: { request: nothing, reply: nothing },
  },
  events: {
    /** Carries the whole view after each change. */
    viewChanged: SettingsView,
  },
} satisfies Contract

/** `window.settings` in the settings. */
export type SettingsBridge = Bridge<typeof settingsContract>
