import { dayKinds } from '../../contract/settings.ts'
import { InputError } from '../../core/errors.ts'
import { changeSchedule, withDay } from '../../core/state/schedule-changes.ts'
import { isDay } from '../../core/time/ist.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { describeNextRun } from './next.ts'

/** Marks a day as closed or open, which overrides the exchange's calendar. */
export const scheduleDay: Command = {
  usage: 'schedule day DATE closed|open|usual',
  summary: 'Count a day as closed or open, whatever the exchange’s calendar says; usual undoes it',
  takes: dayKinds,
  examples: [['tokentray schedule day 2027-03-22 closed', 'A holiday that this version does not have']],
  run: async ({ args, io, services: open }) => {
    const { positionals } = readArgs(
      args,
      {},
      {
        min: 2,
        max: 2,
        missing: 'Which day, and how? As in: tokentray schedule day 2027-03-22 closed',
      },
    )
    const [day = '', kind = ''] = positionals
    if (!isDay(day)) throw new InputError({ DATE: 'wants a date such as 2026-12-28' })
    const chosen = dayKinds.find((known) => known === kind)
    if (chosen === undefined) throw new InputError({ [kind]: `is not one of ${dayKinds.join(', ')}` })
    const services = await open()
    await changeSchedule(services.store, (schedule) => withDay(schedule, day, chosen))
    io.stdout(`${day}: ${kind}; ${describeNextRun(services).sentence}`)
    return exitCodes.ok
  },
}
