import type { Morning } from '../../contract/state.ts'
import { changeSchedule, withMorning } from '../../core/state/schedule-changes.ts'
import { dayOf } from '../../core/time/ist.ts'
import { readArgs, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { describeNextRun } from './next.ts'

const words: Readonly<Record<Morning, string>> = {
  on: 'no longer skipped',
  'not-today': 'skipped today',
  off: 'skipped',
}

const skipOptions = {
  today: { type: 'boolean', default: false, help: 'Today alone, in India’s time' },
} as const

/** Excludes an account from the morning run. */
export const scheduleSkip: Command = {
  usage: 'schedule skip NAME [--today]',
  summary: 'Leave an account out of the morning run',
  takes: 'account',
  options: skipOptions,
  run: (context) => {
    const { positionals, values } = readArgs(context.args, skipOptions, { min: 1, max: 1 })
    return setMorning(context, positionals, values.today ? 'not-today' : 'off')
  },
}

/** Includes an account in the morning run again. */
export const scheduleUnskip: Command = {
  usage: 'schedule unskip NAME',
  summary: 'Take an account into the morning run again',
  takes: 'account',
  run: (context) => setMorning(context, readArgs(context.args, {}, { min: 1, max: 1 }).positionals, 'on'),
}

async function setMorning(
  { io, services: open }: CommandContext,
  [name = '']: readonly string[],
  morning: Morning,
): Promise<number> {
  const services = await open()
  services.accounts.open(name)
  const today = dayOf(services.clock.now())
  await changeSchedule(services.store, (schedule) => withMorning(schedule, name, morning, today))
  io.stdout(`${name}: ${words[morning]}; ${describeNextRun(services).sentence}`)
  return exitCodes.ok
}
