import { existsSync } from 'node:fs'
import path from 'node:path'
import { runProgram } from './run-program.ts'

export interface BusProperty {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly property: string
}

/**
 * Reads a property on the session bus and returns it as the program that was used prints it; empty when no service has
 * it. Null when it can't be found out: there is no session bus, or no program to ask it.
 */
export async function readBusProperty(property: BusProperty, env: NodeJS.ProcessEnv): Promise<string | null> {
  if (!hasSessionBus(env)) return null
  for (const [program, args] of queries(property)) {
    const answer = await runProgram(program, args, env)
    if (answer === null) continue
    if (answer.succeeded) return answer.stdout
    return saysMissing.test(answer.stderr) ? '' : null
  }
  return null
}

const saysMissing =
  /ServiceUnknown|NameHasNoOwner|not provided by any|was not provided|No such interface|UnknownInterface|InvalidArgs/

/** Tells whether there is a session bus. Without one some programs would start their own. */
export function hasSessionBus(env: NodeJS.ProcessEnv): boolean {
  if ((env['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '') return true
  const runtime = env['XDG_RUNTIME_DIR'] ?? ''
  return runtime !== '' && existsSync(path.join(runtime, 'bus'))
}

const GET = 'org.freedesktop.DBus.Properties.Get'

/** Returns the same query for each program that may be installed. */
function queries({
  destination,
  path: object,
  interface: interfaceName,
  property,
}: BusProperty): [program: string, args: string[]][] {
  const dbusSend = ['--session', '--print-reply', `--dest=${destination}`, object, GET]
  return [
    ['dbus-send', [...dbusSend, `string:${interfaceName}`, `string:${property}`]],
    ['busctl', ['--user', 'get-property', destination, object, interfaceName, property]],
    ['gdbus', ['call', '--session', '-d', destination, '-o', object, '-m', GET, interfaceName, property]],
  ]
}
