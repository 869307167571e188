import { readArgs, type Command } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { changeSchedule, whatComesNext } from './schedule-settings.ts'

const choosing = (action: 'skip' | 'unskip', summary: string): Command => ({
  usage: `schedule ${action} NAME`,
  summary,
  takes: 'account',
  run: async ({ args, io, services: open }) => {
    const { positionals } = readArgs(args, {}, { min: 1, max: 1 })
    const [name = ''] = positionals
    const services = await open()
    services.accounts.get(name)
    await changeSchedule(services, ({ skipped, ...schedule }) => {
      const others = skipped.filter((other) => other !== name)
      return { ...schedule, skipped: action === 'skip' ? [...others, name] : others }
    })
    io.print(
      `${name}: ${action === 'skip' ? 'skipped' : 'no longer skipped'}; ${whatComesNext(services).words}`,
    )
    return exitCodes.ok
  },
})

/** Leaves one account out of the morning run, and takes it in again. */
export const scheduleSkip = choosing('skip', 'Leave an account out of the morning run')
export const scheduleUnskip = choosing('unskip', 'Take an account into the morning run again')
