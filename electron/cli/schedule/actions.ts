import type { Command } from '../terminal/command.ts'
import { scheduleSkip, scheduleUnskip } from './skip.ts'
import { scheduleAt } from './at.ts'
import { scheduleDay } from './day.ts'
import { scheduleTelegram, scheduleWebhook } from './notify.ts'
import { schedulePause, scheduleResume } from './pause.ts'
import { scheduleStatus } from './status.ts'

/** The actions of `tokentray schedule` on the tray app's morning run. */
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
