import * as z from 'zod/mini'
import { isTimeOfDay } from '../../contract/settings-limits.ts'

const DEFAULT_TIME = '08:15'
const timeOfDay = z.string().check(z.refine(isTimeOfDay))

/** The settings of automatic logins. An unreadable field takes its default, so that no account is lost for it. */
export const ScheduleSettings = z.object({
  on: z.catch(z._default(z.boolean(), true), true),
  /** `HH:MM` in India. */
  at: z.catch(z._default(timeOfDay, DEFAULT_TIME), DEFAULT_TIME),
  /** Times of accounts that have their own, by name. */
  times: z.catch(z._default(z.record(z.string(), timeOfDay), {}), {}),
  /** The end of the pause, epoch ms; null when not paused. */
  pausedUntil: z.catch(z._default(z.nullable(z.number()), null), null),
  /** The names of the accounts without automatic logins. */
  skipped: z.catch(z._default(z.array(z.string()), []), []),
  /** The one day (`YYYY-MM-DD`) on which an account is skipped, by its name. */
  skippedOn: z.catch(z._default(z.record(z.string(), z.string()), {}), {}),
  /** Days (`YYYY-MM-DD`) that the user declared closed, and open, against the exchange's calendar. */
  extraClosed: z.catch(z._default(z.array(z.string()), []), []),
  extraOpen: z.catch(z._default(z.array(z.string()), []), []),
})
export type ScheduleSettings = z.infer<typeof ScheduleSettings>

/** The kinds of events that are announced. */
export const NotificationSettings = z.object({
  failed: z.catch(z._default(z.boolean(), true), true),
  needsYou: z.catch(z._default(z.boolean(), true), true),
  expiring: z.catch(z._default(z.boolean(), true), true),
  allReady: z.catch(z._default(z.boolean(), false), false),
})
export type NotificationSettings = z.infer<typeof NotificationSettings>

/** The remote channels that also get notices. Their addresses and keys are in the keychain. */
export const OutgoingSettings = z.object({
  webhook: z.catch(z._default(z.boolean(), false), false),
  telegram: z.catch(z._default(z.boolean(), false), false),
  /** When the user last entered each of them, epoch ms; null for never. */
  webhookSetAt: z.catch(z._default(z.nullable(z.number()), null), null),
  telegramSetAt: z.catch(z._default(z.nullable(z.number()), null), null),
})
export type OutgoingSettings = z.infer<typeof OutgoingSettings>

export const defaultSchedule: ScheduleSettings = ScheduleSettings.parse({})
export const defaultNotifications: NotificationSettings = NotificationSettings.parse({})
export const defaultOutgoing: OutgoingSettings = OutgoingSettings.parse({})
