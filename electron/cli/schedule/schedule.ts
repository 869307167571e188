import { realpath } from 'node:fs/promises'
import { userInfo } from 'node:os'
import path from 'node:path'
import { InputError } from '../../core/errors.ts'
import { harmless } from '../../core/harmless.ts'
import { commandOf, readArgs, type Command, type CommandContext } from '../terminal/command.ts'
import { exitCodes } from '../terminal/exit-codes.ts'
import { morningRunActions } from './actions.ts'
import { cron } from './print/cron.ts'
import { launchd } from './print/launchd.ts'
import { localRunTime } from './print/local-time.ts'
import type { Job } from './print/job.ts'
import { systemd } from './print/systemd.ts'
import { windows } from './print/windows.ts'
import { scheduleStatus } from './status.ts'

const schedulers: ReadonlyMap<string, (job: Job) => string> = new Map([
  ['systemd', systemd],
  ['cron', cron],
  ['windows', windows],
  ['launchd', launchd],
])

const print: Command = {
  usage: `schedule print ${[...schedulers.keys()].join('|')}`,
  summary:
    'Print a systemd, cron, launchd or Windows job that logs in at 08:30 IST on trading days\n' +
    'How to install it is in its comments. The tray app has its own schedule: use one of the two.',
  takes: [...schedulers.keys()],
  examples: [
    [
      'tokentray schedule print systemd',
      'A service and its timer, for Linux; for the system where secrets are in a sealed file',
    ],
    ['tokentray schedule print cron', 'A line for crontab -e'],
    ['tokentray schedule print launchd > ~/Library/LaunchAgents/in.tokentray.login.plist', 'For macOS'],
    ['tokentray schedule print windows > tokentray-login.xml', 'For Windows’ Task Scheduler'],
  ],
  run: runPrint,
}

const actions: ReadonlyMap<string, Command> = new Map([...morningRunActions, ['print', print]])

const dispatcher = commandOf('schedule', actions, {
  usage: `schedule ${[...actions.keys()].join('|')} …`,
  summary: 'Set the tray app’s morning login, or print a job for the system that does without the app',
  examples: [
    ['tokentray schedule status', 'When the tray app logs in next'],
    ['tokentray schedule print systemd', 'A service and its timer, for a computer without the app'],
  ],
})

/** Shows the status when called without an action. */
export const schedule: Command = {
  ...dispatcher,
  run: (context) => (context.args.length === 0 ? scheduleStatus : dispatcher).run(context),
}

async function runPrint({ args, io, services }: CommandContext): Promise<number> {
  const { positionals } = readArgs(args, {}, { min: 0, max: 1 })
  const [kind = ''] = positionals
  const write = schedulers.get(kind)
  if (write === undefined) {
    throw new InputError({ schedule: `“${kind}” is not one of ${[...schedulers.keys()].join(', ')}` })
  }
  const { node, program, user, env } = {
    node: process.execPath,
    program: await realpath(process.argv[1] ?? ''),
    user: userInfo().username,
    env: neededVariables(io.env),
  }
  assertOneLine({ ...env, 'Node’s path': node, 'TokenTray’s path': program, 'the user’s name': user })
  const { chosenKeychain, clock } = await services()
  const job = {
    ...{ node, program, user, env },
    sealed: (await chosenKeychain.kind()) === 'sealed-file',
    time: localRunTime(clock.now()),
  }
  io.stdout(write(job))
  return exitCodes.ok
}

/**
 * Refuses a value that would be a line of its own in what is printed, or that nobody would see there.
 * @throws InputError for every such value
 */
function assertOneLine(values: Readonly<Record<string, string>>): void {
  const wrong = Object.keys(values).filter((name) => harmless(values[name] ?? '') !== values[name])
  if (wrong.length === 0) return
  const words = 'has a line end or another character that can’t be seen, which no printed schedule may hold'
  throw new InputError(Object.fromEntries(wrong.map((name) => [name, words])))
}

/** Returns the variables by which this call finds its profile and keychain, because schedulers do not pass them on. */
function neededVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const home = env['TOKENTRAY_HOME'] ?? ''
  const kept = ['XDG_DATA_HOME', 'DBUS_SESSION_BUS_ADDRESS'].map((name) => [name, env[name] ?? ''] as const)
  return {
    ...(home !== '' && { TOKENTRAY_HOME: path.resolve(home) }),
    ...Object.fromEntries(kept.filter(([, value]) => value !== '')),
  }
}
