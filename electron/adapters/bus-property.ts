import { callSessionBus } from './bus-connection.ts'
import { METHOD_RETURN, numberAt, type Message } from './bus-message.ts'

export interface BusProperty {
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly property: string
}

/**
 * Reads a property on the session bus that is a boolean or a number, and returns whether it is true or not 0. `missing`
 * when no service has it; null when it can't be found out, as without a session bus.
 */
export async function readBusProperty(
  { property, ...object }: BusProperty,
  env: NodeJS.ProcessEnv,
): Promise<boolean | 'missing' | null> {
  const get = { ...object, interface: 'org.freedesktop.DBus.Properties', member: 'Get' }
  const reply = await callSessionBus([get, [object.interface, property]], env)
  return reply === null ? null : answerIn(reply)
}

/** The types of a value whose four bytes tell whether it is true: boolean, and number without and with a sign. */
const FOUR_BYTES = ['b', 'u', 'i']

/** A value is preceded by its type: its length, its letter, a zero. It is aligned to four bytes. */
function answerIn(reply: Message): boolean | 'missing' | null {
  if (reply.type !== METHOD_RETURN) return saysMissing.test(reply.error) ? 'missing' : null
  return FOUR_BYTES.includes(reply.body.toString('latin1', 1, 2)) ? numberAt(reply, 4) !== 0 : null
}

const saysMissing = /\.(ServiceUnknown|NameHasNoOwner|UnknownInterface|UnknownProperty|InvalidArgs)$/
