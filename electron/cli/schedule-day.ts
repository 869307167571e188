import { InputError } from '../core/errors.ts'
import { isDay } from '../core/schedule/ist.ts'
import { readArgs, type Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { changeSchedule, whatComesNext } from './schedule-settings.ts'

const kinds = ['closed', 'open', 'usual'] as const

/** The user's own word on a day, which goes before the exchange's calendar. */
export const scheduleDay: Command = {
  usage: 'schedule day DATE closed|open|usual',
  summary: 'Count a day as closed or open, whatever the exchange’s calendar says; usual takes that back',
  takes: kinds,
  examples: [['tokentray schedule day 2027-03-22 closed', 'A holiday that this version does not know yet']],
  run: async ({ args, io, services: open }) => {
    const { positionals } = readArgs(args, {}, { min: 2, max: 2 })
    const [day = '', kind = ''] = positionals
    if (!isDay(day)) throw new InputError({ DATE: 'wants a date such as 2026-12-28' })
    if (!kinds.some((known) => known === kind))
      throw new InputError({ [kind]: `is not one of ${kinds.join(', ')}` })
    const services = await open()
    await changeSchedule(services, (schedule) => ({
      ...schedule,
      extraClosed: withDay(schedule.extraClosed, day, kind === 'closed'),
      extraOpen: withDay(schedule.extraOpen, day, kind === 'open'),
    }))
    io.print(`${day}: ${kind}; ${whatComesNext(services).words}`)
    return exitCodes.ok
  },
}

function withDay(days: readonly string[], day: string, isIn: boolean): string[] {
  const others = days.filter((other) => other !== day)
  return isIn ? [...others, day].sort() : others
}
