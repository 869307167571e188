import * as z from 'zod/mini'
import { LockSettings, Settings } from '../../contract/settings.ts'
import {
  defaultNotifications,
  defaultOutgoing,
  defaultSchedule,
  NotificationSettings,
  OutgoingSettings,
  ScheduleSettings,
} from './schedule-settings.ts'
import { defaultUpdates, UpdateSettings } from './update-settings.ts'

const { shape } = Settings

const Place = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** Reads settings that may be older, newer or damaged. Each unusable one falls back to its default on its own. */
const Stored = z.object({
  startHidden: z.catch(shape.startHidden, true),
  theme: z.catch(shape.theme, 'system'),
  hour12: z.catch(shape.hour12, false),
  clipboardSeconds: z.catch(shape.clipboardSeconds, 30),
  hideFromCapture: z.catch(shape.hideFromCapture, false),
  blurCodes: z.catch(shape.blurCodes, false),
  menuBarCount: z.catch(shape.menuBarCount, false),
  textPercent: z.catch(z._default(shape.textPercent, 100), 100),
  shortcut: z.catch(shape.shortcut, null),
  schedule: z.catch(ScheduleSettings, defaultSchedule),
  notifications: z.catch(NotificationSettings, defaultNotifications),
  outgoing: z.catch(OutgoingSettings, defaultOutgoing),
  updates: z.catch(UpdateSettings, defaultUpdates),
  /** The Electron past its support with which the user wants to use real accounts; null for none. */
  acceptedElectron: z.catch(z._default(z.nullable(z.string()), null), null),
  /** The account that stands first; null for none. */
  pinned: z.catch(z._default(z.nullable(z.string()), null), null),
  lock: z.catch(LockSettings, { on: false, afterMinutes: 15, logsIn: true }),
  /** Where the user has moved the popover, on a system that does not tell where the tray icon is; null for nowhere. */
  popoverPlace: z.catch(z._default(z.nullable(Place), null), null),
  /** Whether the user was asked to have the system start TokenTray at login. */
  askedToStart: z.catch(z._default(z.boolean(), false), false),
})

export const defaultSettings = Stored.parse({})

/** The user's settings, as the state file holds them. */
export const StoredSettings = z.catch(Stored, defaultSettings)
export type StoredSettings = z.infer<typeof StoredSettings>
