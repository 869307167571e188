import { isTimeOfDay, timeOfDayFault } from '../../contract/settings-limits.ts'
import { InputError } from '../../core/errors.ts'
import { changeSchedule, withTime } from '../../core/state/schedule-changes.ts'
import { readArgs, type Command } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { describeNextRun } from './next.ts'

/** Sets the time of the morning run, for all accounts or for one. */
export const scheduleAt: Command = {
  usage: 'schedule at [NAME] HH:MM|default',
  summary:
    'Set the time of the morning login, in India; with NAME for that account alone, until “default” undoes it',
  takes: 'account',
  examples: [
    ['tokentray schedule at 08:30', 'Every account without its own time'],
    ['tokentray schedule at upstox 07:45', 'This one earlier'],
    ['tokentray schedule at upstox default', 'With the others again'],
  ],
  run: async ({ args, io, services: open }) => {
    const { positionals } = readArgs(
      args,
      {},
      {
        min: 1,
        max: 2,
        missing: 'Which time? As in: tokentray schedule at 08:30',
      },
    )
    const time = positionals.at(-1) ?? ''
    const name = positionals.length > 1 ? positionals[0] : undefined
    const isBack = time === 'default' && name !== undefined
    if (!isBack && !isTimeOfDay(time)) {
      throw new InputError({
        'HH:MM': name === undefined ? timeOfDayFault : `${timeOfDayFault}, or default`,
      })
    }
    const services = await open()
    if (name !== undefined) services.accounts.open(name)
    await changeSchedule(services.store, (schedule) =>
      name === undefined ? { ...schedule, at: time } : withTime(schedule, name, isBack ? null : time),
    )
    io.stdout(describeNextRun(services).sentence)
    return exitCodes.ok
  },
}
