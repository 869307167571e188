import * as z from 'zod/mini'
import { isTimeOfDay } from '../../contract/settings-limits.ts'

const DEFAULT_TIME = '08:15'
const timeOfDay = z.string().check(z.refine(isTimeOfDay))

/** When accounts are logged in by themselves. A field that can't be read takes its default: no account is lost for it. */
export const ScheduleSettings = z.object({
  on: z.catch(z._default(z.boolean(), true), true),
  /** `HH:MM` in India. */
  at: z.catch(z._default(timeOfDay, DEFAULT_TIME), DEFAULT_TIME),
  /** The same for accounts that have a time of their own, by name. */
  times: z.catch(z._default(z.record(z.string(), timeOfDay), {}), {}),
  /** No login by itself before this moment, epoch ms; null when not paused. */
  pausedUntil: z.catch(z._default(z.nullable(z.number()), null), null),
  /** The names of the accounts that are left alone. */
  skipped: z.catch(z._default(z.array(z.string()), []), []),
  /** The one day (`YYYY-MM-DD`) on which an account is left alone, by its name. */
  skippedOn: z.catch(z._default(z.record(z.string(), z.string()), {}), {}),
  /** Days (`YYYY-MM-DD`) that the user has closed, and opened, whatever the exchange's calendar says. */
  extraClosed: z.catch(z._default(z.array(z.string()), []), []),
  extraOpen: z.catch(z._default(z.array(z.string()), []), []),
})
export type ScheduleSettings = z.infer<typeof ScheduleSettings>

/** Which events the user is told of. */
export const NotificationSettings = z.object({
  failed: z.catch(z._default(z.boolean(), true), true),
  needsYou: z.catch(z._default(z.boolean(), true), true),
  expiring: z.catch(z._default(z.boolean(), true), true),
  allReady: z.catch(z._default(z.boolean(), false), false),
})
export type NotificationSettings = z.infer<typeof NotificationSettings>

/** Which ways out of this machine notices take as well. Their addresses and keys are in the keychain. */
export const OutgoingSettings = z.object({
  webhook: z.catch(z._default(z.boolean(), false), false),
  telegram: z.catch(z._default(z.boolean(), false), false),
  /** When they were last entered, epoch ms; null when they never were. */
  webhookSetAt: z.catch(z._default(z.nullable(z.number()), null), null),
  telegramSetAt: z.catch(z._default(z.nullable(z.number()), null), null),
})
export type OutgoingSettings = z.infer<typeof OutgoingSettings>

export const defaultSchedule: ScheduleSettings = ScheduleSettings.parse({})
export const defaultNotifications: NotificationSettings = NotificationSettings.parse({})
export const defaultOutgoing: OutgoingSettings = OutgoingSettings.parse({})
