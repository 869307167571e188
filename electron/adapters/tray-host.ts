import { existsSync } from 'node:fs'
import path from 'node:path'
import { askProgram } from './ask-program.ts'

/**
 * Whether a tray icon will be seen by anyone. Always so on macOS and Windows; on Linux when something shows
 * StatusNotifierItems, which plain GNOME does not
 * (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/).
 * Null when that can't be found out: no session bus, or no program that could ask it.
 */
export async function findTrayHost(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean | null> {
  if (platform !== 'linux') return true
  if (!hasSessionBus(env)) return null
  for (const [program, args] of questions) {
    const answer = await askProgram(program, args, env)
    if (answer === null) continue
    if (answer.succeeded) return answer.stdout.includes('true')
    return /ServiceUnknown|NameHasNoOwner|not provided by any|was not provided/.test(answer.stderr)
      ? false
      : null
  }
  return null
}

/** The same for whoever has to decide: what is not known counts as no. */
export async function hasTrayHost(): Promise<boolean> {
  return (await findTrayHost()) === true
}

/** Whether there is a session bus to talk to. Asking without one would have some programs start their own. */
export function hasSessionBus(env: NodeJS.ProcessEnv): boolean {
  if ((env['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '') return true
  const runtime = env['XDG_RUNTIME_DIR'] ?? ''
  return runtime !== '' && existsSync(path.join(runtime, 'bus'))
}

const WATCHER = 'org.kde.StatusNotifierWatcher'
const OBJECT = '/StatusNotifierWatcher'
const PROPERTY = 'IsStatusNotifierHostRegistered'
const GET = 'org.freedesktop.DBus.Properties.Get'

/** The same question to whichever of these is installed. */
const questions: readonly [program: string, args: readonly string[]][] = [
  [
    'dbus-send',
    [
      '--session',
      '--print-reply',
      `--dest=${WATCHER}`,
      OBJECT,
      GET,
      `string:${WATCHER}`,
      `string:${PROPERTY}`,
    ],
  ],
  ['busctl', ['--user', 'get-property', WATCHER, OBJECT, WATCHER, PROPERTY]],
  ['gdbus', ['call', '--session', '-d', WATCHER, '-o', OBJECT, '-m', GET, WATCHER, PROPERTY]],
]
