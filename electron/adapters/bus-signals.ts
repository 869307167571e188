import { BUS, callOnBus, sessionBusSocket, systemBusSocket } from './bus-connection.ts'
import { SIGNAL, type Message } from './bus-message.ts'

export type OnSignal = (signal: Message) => void

/**
 * Calls `onSignal` for each signal on the session bus that matches a rule
 * (https://dbus.freedesktop.org/doc/dbus-specification.html#message-bus-routing-match-rules). Stays
 * silent without a bus.
 * @returns what stops it
 */
export function listenOnSessionBus(
  rules: readonly string[],
  onSignal: OnSignal,
  env: NodeJS.ProcessEnv = process.env,
): () => void {
  return listen(sessionBusSocket(env), rules, onSignal)
}

/** Does the same on the system's bus. */
export function listenOnSystemBus(
  rules: readonly string[],
  onSignal: OnSignal,
  env: NodeJS.ProcessEnv = process.env,
): () => void {
  return listen(systemBusSocket(env), rules, onSignal)
}

function listen(address: string | null, rules: readonly string[], onSignal: OnSignal): () => void {
  if (address === null) return () => undefined
  const calls = rules.map((rule) => [{ ...BUS, member: 'AddMatch' }, [rule]] as const)
  const socket = callOnBus(address, calls, (message) => {
    if (message.type === SIGNAL) onSignal(message)
  })
  return () => socket.destroy()
}
