import * as z from 'zod/mini'
import type { Bridge, Contract } from './contract.ts'
import { nothing, typedSecret } from './requests.ts'
import { clipboardLimits, isAccelerator, isTimeOfDay } from './settings-limits.ts'
import { ScheduleView } from './state.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const timeOfDay = z.string().check(z.refine(isTimeOfDay))

/** The login of all accounts before the market opens, as far as the settings show it. */
export const Schedule = z.object({
  on: z.boolean(),
  /** `HH:MM` in India. */
  at: timeOfDay,
  /** Days (`YYYY-MM-DD`) that the user has closed, and opened, whatever the exchange's calendar says. */
  extraClosed: z.array(z.string()),
  extraOpen: z.array(z.string()),
})

/** What a day counts as; `usual` leaves that to the exchange's calendar. */
export const dayKinds = ['closed', 'open', 'usual'] as const
export type DayKind = (typeof dayKinds)[number]

export const noticeKinds = ['failed', 'needsYou', 'expiring', 'allReady'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** What the user is told of by the desktop's notifications. */
export const Notifications = z.record(z.enum(noticeKinds), z.boolean())

/**
 * What the user has chosen; there is no secret in it. Whether TokenTray starts at login is not here: only the system
 * knows, where the user may change it too.
 */
export const Settings = z.object({
  /** When started at login: without a window. */
  startHidden: z.boolean(),
  theme: z.enum(themes),
  /** True for "6:00 am" in place of "06:00". */
  hour12: z.boolean(),
  /** How long a copied secret stays on the clipboard, s. */
  clipboardSeconds: z.int().check(z.gte(clipboardLimits.min), z.lte(clipboardLimits.max)),
  hideFromCapture: z.boolean(),
  /** The Electron accelerator that opens and hides the popover from anywhere; null for none. */
  shortcut: z.nullable(z.string().check(z.refine(isAccelerator))),
  schedule: Schedule,
  notifications: Notifications,
})
export type Settings = z.infer<typeof Settings>

/** Which TokenTray this is and what it runs on. */
export const AboutView = z.object({
  version: z.string(),
  licence: z.string(),
  electron: z.string(),
  chromium: z.string(),
  node: z.string(),
  /** Such as "Linux x64". */
  system: z.string(),
  /** A sentence about an Electron that gets no more repairs; null when it does. */
  electronWarning: z.nullable(z.string()),
  /** Where secrets are kept, in words. */
  keychain: z.string(),
  /** Why the keychain can't be used at the moment; null when it can. */
  keychainProblem: z.nullable(z.string()),
  stateFolder: z.string(),
})
export type AboutView = z.infer<typeof AboutView>

/** Where notices go besides this desktop. */
export const notificationChannels = ['webhook', 'telegram'] as const
export type NotificationChannel = (typeof notificationChannels)[number]

/** Whether notices go there, and when it was entered (epoch ms; null when unknown). The address stays in the keychain. */
export const ChannelView = z.object({ on: z.boolean(), setAt: z.nullable(z.number()) })
export type ChannelView = z.infer<typeof ChannelView>

/** Everything the settings page shows. */
export const SettingsView = z.object({
  settings: Settings,
  schedule: ScheduleView,
  /** Whether the system starts TokenTray at login; null where it can't be had. */
  launchAtLogin: z.nullable(z.boolean()),
  /** A sentence about why the chosen shortcut does nothing; null when it works or there is none. */
  shortcutProblem: z.nullable(z.string()),
  channels: z.record(z.enum(notificationChannels), ChannelView),
  platform: z.enum(['linux', 'darwin', 'win32']),
  /** Linux's newer display system, which keeps programs from hearing each other's keys. */
  wayland: z.boolean(),
  about: AboutView,
})
export type SettingsView = z.infer<typeof SettingsView>

const text = z.string().check(z.maxLength(100))

/** One setting to change, by its name. The reply says in words when its limits are exceeded. */
export const SettingChange = z.union([
  z.strictObject({ launchAtLogin: z.boolean() }),
  z.strictObject({ startHidden: z.boolean() }),
  z.strictObject({ theme: z.enum(themes) }),
  z.strictObject({ hour12: z.boolean() }),
  z.strictObject({ clipboardSeconds: z.number() }),
  z.strictObject({ hideFromCapture: z.boolean() }),
  z.strictObject({ shortcut: z.nullable(text) }),
  z.strictObject({ scheduleOn: z.boolean() }),
  z.strictObject({ scheduleAt: text }),
  /** `today`, a day (`YYYY-MM-DD`), or null for no pause. */
  z.strictObject({ pauseUntil: z.nullable(text) }),
  z.strictObject({ ownDay: text, is: z.enum(dayKinds) }),
  z.strictObject({ notifyOf: z.enum(noticeKinds), on: z.boolean() }),
])
export type SettingChange = z.infer<typeof SettingChange>

/** Either done, or a sentence about why not; then nothing has changed. */
export const SettingOutcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), message: z.string() }),
])
export type SettingOutcome = z.infer<typeof SettingOutcome>

const OneChannel = z.object({ channel: z.enum(notificationChannels) })

/** What the settings may ask for, and what they are told. */
export const settingsContract = {
  requests: {
    describe: { request: nothing, reply: SettingsView },
    change: { request: SettingChange, reply: SettingOutcome },
    /** Releases the shortcut in use while keys are recorded, so that it can be pressed here too. */
    recordShortcut: { request: z.object({ recording: z.boolean() }), reply: nothing },
    openStateFolder: { request: nothing, reply: SettingOutcome },
    /** Takes a secret in, like the next; no reply gives it back. */
    keepWebhook: { request: z.object({ address: typedSecret }), reply: SettingOutcome },
    keepTelegram: { request: z.object({ token: typedSecret, chat: typedSecret }), reply: SettingOutcome },
    forgetChannel: { request: OneChannel, reply: SettingOutcome },
    /** Sends a message there, so that the user sees whether it arrives. */
    testChannel: { request: OneChannel, reply: SettingOutcome },
    close: { request: nothing, reply: nothing },
  },
  events: {
    /** Everything that the page shows, each time it changes. */
    viewChanged: SettingsView,
  },
} satisfies Contract

/** `window.settings` in the settings. */
export type SettingsBridge = Bridge<typeof settingsContract>
