import * as z from 'zod/mini'
import { Settings } from '../../contract/settings.ts'
import {
  defaultNotifications,
  defaultOutgoing,
  defaultSchedule,
  NotificationSettings,
  OutgoingSettings,
  ScheduleSettings,
} from './schedule-settings.ts'

const { shape } = Settings

/** Settings in a file may be old, newer or damaged: what can't be used falls back by itself, and nothing else does. */
const Stored = z.object({
  startHidden: z.catch(shape.startHidden, true),
  theme: z.catch(shape.theme, 'system'),
  hour12: z.catch(shape.hour12, false),
  clipboardSeconds: z.catch(shape.clipboardSeconds, 30),
  hideFromCapture: z.catch(shape.hideFromCapture, false),
  shortcut: z.catch(shape.shortcut, null),
  schedule: z.catch(ScheduleSettings, defaultSchedule),
  notifications: z.catch(NotificationSettings, defaultNotifications),
  outgoing: z.catch(OutgoingSettings, defaultOutgoing),
})

export const defaultSettings = Stored.parse({})

/** What the user has chosen, as the state file keeps it. */
export const StoredSettings = z.catch(Stored, defaultSettings)
export type StoredSettings = z.infer<typeof StoredSettings>
