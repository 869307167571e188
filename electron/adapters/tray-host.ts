import type { Clock } from '../core/ports.ts'
import { busProperty } from './bus-property.ts'
import { listenOnSessionBus } from './bus-signals.ts'

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
  const property = { destination: WATCHER, path: OBJECT, interface: WATCHER, property: PROPERTY }
  const answer = await busProperty(property, env)
  return answer === null ? null : answer.includes('true')
}

/** The same for whoever has to decide: what is not known counts as no. */
export async function hasTrayHost(): Promise<boolean> {
  return (await findTrayHost()) === true
}

/** A panel that is restarted is back by then; until it is, nothing is said of it, ms. */
const BACK_WITHIN_MS = 4_000
/** Several things are told of one event; the icon of a tray that is there is asked for once, ms. */
const SETTLED_AFTER_MS = 300

/**
 * Tells when the tray's host is gone, and each time when there is one that does not know of our icon: it has come, or
 * it has come back. Desktops start their panel late, restart it, and have it switched off and on.
 * @returns what ends it
 */
export function watchTrayHost(
  clock: Clock,
  onChange: (hasHost: boolean) => void,
  env: NodeJS.ProcessEnv = process.env,
): () => void {
  let cancel = (): void => undefined
  let isStopped = false
  const look = async (mayBeBack: boolean): Promise<void> => {
    const hasHost = (await findTrayHost(env)) === true
    if (isStopped) return
    if (hasHost || !mayBeBack) onChange(hasHost)
    else lookIn(BACK_WITHIN_MS, false)
  }
  const lookIn = (ms: number, mayBeBack: boolean): void => {
    cancel()
    cancel = clock.after(ms, () => void look(mayBeBack))
  }
  const stopListening = listenOnSessionBus(
    rules,
    ({ interface: face, member }) => {
      // The bus also tells each program of its own name.
      if (face === WATCHER || member === 'NameOwnerChanged') lookIn(SETTLED_AFTER_MS, true)
    },
    env,
  )
  return () => {
    isStopped = true
    cancel()
    stopListening()
  }
}

const WATCHER = 'org.kde.StatusNotifierWatcher'
const OBJECT = '/StatusNotifierWatcher'
const PROPERTY = 'IsStatusNotifierHostRegistered'
const rules = [
  `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${WATCHER}'`,
  `type='signal',interface='${WATCHER}',member='StatusNotifierHostRegistered'`,
  `type='signal',interface='${WATCHER}',member='StatusNotifierHostUnregistered'`,
]
