import { InputError } from '../../core/errors.ts'
import { changeSchedule, pauseEnd } from '../../core/state/schedule-changes.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { describeNextRun } from './next.ts'

const options = {
  until: {
    type: 'string',
    value: 'DATE|today',
    default: 'today',
    help: 'The first day, as YYYY-MM-DD, with a run again; today for a pause to the end of this day',
  },
} as const

/** Pauses the morning run. */
export const schedulePause: Command = {
  usage: 'schedule pause [--until DATE|today]',
  summary: 'Pause the morning login for the rest of today, or until a date',
  options,
  examples: [
    ['tokentray schedule pause', 'Nothing more today'],
    ['tokentray schedule pause --until 2026-12-28', 'Again from that day on'],
  ],
  run: async ({ args, io, services: open }) => {
    const { values } = readArgs(args, options, { min: 0, max: 0 })
    const services = await open()
    const pausedUntil = pauseEnd(values.until, services.clock.now())
    if (pausedUntil === null)
      throw new InputError({ until: 'wants a day to come, such as 2026-12-28, or today' })
    await changeSchedule(services.store, (schedule) => ({ ...schedule, pausedUntil }))
    const { nextRun, sentence } = describeNextRun(services)
    io.stdout(nextRun === null ? `paused; ${sentence}` : sentence)
    return exitCodes.ok
  },
}

/** Ends a pause of the morning run. */
export const scheduleResume: Command = {
  usage: 'schedule resume',
  summary: 'End a pause; a login of today that was missed is made up before the market closes',
  run: async ({ args, io, services: open }) => {
    readArgs(args, {}, { min: 0, max: 0 })
    const services = await open()
    await changeSchedule(services.store, (schedule) => ({ ...schedule, pausedUntil: null }))
    io.stdout(describeNextRun(services).sentence)
    return exitCodes.ok
  },
}
