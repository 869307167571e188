import type { Command } from './terminal/command.ts'
import { scheduleSkip, scheduleUnskip } from './schedule-accounts.ts'
import { scheduleAt } from './schedule-at.ts'
import { scheduleDay } from './schedule-day.ts'
import { scheduleTelegram, scheduleWebhook } from './schedule-notify.ts'
import { schedulePause, scheduleResume } from './schedule-pause.ts'
import { scheduleStatus } from './schedule-status.ts'

/** What `tokentray schedule` can do with the morning run of the tray app. */
export const morningRunActions: ReadonlyMap<string, Command> = new Map([
  ['status', scheduleStatus],
  ['pause', schedulePause],
  ['resume', scheduleResume],
  ['at', scheduleAt],
  ['skip', scheduleSkip],
  ['unskip', scheduleUnskip],
  ['day', scheduleDay],
  ['webhook', scheduleWebhook],
  ['telegram', scheduleTelegram],
])
