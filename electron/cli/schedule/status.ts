import { dayOf } from '../../core/time/ist.ts'
import { calendarNoteFor, earliestRun, nextRunWords } from '../../core/schedule/next-run.ts'
import { runOn, runTimeOf } from '../../core/schedule/plan.ts'
import type { RunRecord } from '../../core/state/schedule-record.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { describeNextRun } from './next.ts'

const options = { json: { type: 'boolean', default: false, help: 'One JSON object' } } as const

const todayWords: Readonly<Record<RunRecord['state'], string>> = {
  ready: 'done today',
  trying: 'failed today and is tried again',
  failed: 'failed today and waits for you',
  'needs-you': 'needs you today',
}

/** Shows the next morning run of each account. */
export const scheduleStatus: Command = {
  usage: 'schedule status [--json]',
  summary:
    'Show the tray app’s next morning login; times are those of India\n' +
    'It logs in while the tray app runs, on the exchange’s trading days.',
  options,
  examples: [['tokentray schedule status', '“next login tomorrow 08:15”, and the same for each account']],
  run: async ({ args, io, services: open }) => {
    const { values } = readArgs(args, options, { min: 0, max: 0 })
    const services = await open()
    const { accounts, clock, store } = services
    const { schedule } = store.state.settings
    const now = clock.now()
    const zone = new Date(now).getTimezoneOffset()
    const { nextRun, sentence } = describeNextRun(services)
    const rows = accounts.namesWithLogin.map((name) => {
      const opened = accounts.open(name)
      const nextRun = earliestRun([opened], schedule, now)
      const today = runOn(opened.account, dayOf(now))?.state ?? null
      const plan = schedule.skipped.includes(name) ? 'skipped' : nextRunWords(nextRun, schedule, now, zone)
      const line = `${name}: ${today === null ? '' : `${todayWords[today]}; `}${plan}`
      return { name, line, nextRun, today, skipped: schedule.skipped.includes(name) }
    })
    if (values.json) {
      const report = {
        on: schedule.on,
        at: schedule.at,
        paused_until: iso(
          schedule.pausedUntil !== null && schedule.pausedUntil > now ? schedule.pausedUntil : null,
        ),
        next_run: iso(nextRun?.at ?? null),
        accounts: rows.map(({ name, nextRun, today, skipped }) => ({
          name,
          at: runTimeOf({ name }, schedule),
          today,
          skipped,
          next_run: iso(nextRun?.at ?? null),
        })),
      }
      io.stdout(JSON.stringify(report, null, 2))
    } else {
      io.stdout(sentence)
      for (const { line } of rows) io.stdout(line)
    }
    const note = calendarNoteFor(nextRun, now)
    if (note !== null) io.stderr(note)
    return exitCodes.ok
  },
}

const iso = (epochMs: number | null): string | null =>
  epochMs === null ? null : new Date(epochMs).toISOString()
