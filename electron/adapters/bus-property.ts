import { existsSync } from 'node:fs'
import path from 'node:path'
import { askProgram } from './ask-program.ts'

export interface BusProperty {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly property: string
}

/**
 * What one of the system's programs says of a property on the session bus, in that program's words; empty when nobody
 * there has it. Null when that can't be found out: no session bus, or no program that could ask it.
 */
export async function busProperty(property: BusProperty, env: NodeJS.ProcessEnv): Promise<string | null> {
  if (!hasSessionBus(env)) return null
  for (const [program, args] of questions(property)) {
    const answer = await askProgram(program, args, env)
    if (answer === null) continue
    if (answer.succeeded) return answer.stdout
    return isMissing.test(answer.stderr) ? '' : null
  }
  return null
}

const isMissing =
  /ServiceUnknown|NameHasNoOwner|not provided by any|was not provided|No such interface|UnknownInterface|InvalidArgs/

/** Whether there is a session bus to talk to. Asking without one would have some programs start their own. */
export function hasSessionBus(env: NodeJS.ProcessEnv): boolean {
  if ((env['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '') return true
  const runtime = env['XDG_RUNTIME_DIR'] ?? ''
  return runtime !== '' && existsSync(path.join(runtime, 'bus'))
}

const GET = 'org.freedesktop.DBus.Properties.Get'

/** The same question to whichever of these is installed. */
function questions({
  destination,
  path: object,
  interface: face,
  property,
}: BusProperty): [program: string, args: string[]][] {
  const dbusSend = ['--session', '--print-reply', `--dest=${destination}`, object, GET]
  return [
    ['dbus-send', [...dbusSend, `string:${face}`, `string:${property}`]],
    ['busctl', ['--user', 'get-property', destination, object, face, property]],
    ['gdbus', ['call', '--session', '-d', destination, '-o', object, '-m', GET, face, property]],
  ]
}
