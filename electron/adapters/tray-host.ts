import type { Clock } from '../core/ports.ts'
import { readBusProperty } from './bus-property.ts'
import { listenOnSessionBus } from './bus-signals.ts'

/**
 * Tells whether the desktop shows tray icons. True on macOS and Windows; on Linux when something shows
 * StatusNotifierItems, which plain GNOME does not
 * (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/).
 * Null when it can't be found out, as without a session bus.
 */
export async function findTrayHost(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean | null> {
  if (platform !== 'linux') return true
  const property = { destination: WATCHER, path: OBJECT, interface: WATCHER, property: PROPERTY }
  const answer = await readBusProperty(property, env)
  return answer === null ? null : answer === true
}

/** Tells whether the desktop is known to show tray icons. */
export async function hasTrayHost(): Promise<boolean> {
  return (await findTrayHost()) === true
}

/** How long a panel that restarts may be gone before `onChange` is called, ms. */
const BACK_WITHIN_MS = 4_000

/** How long to wait for further signals of the same event, so that a host is looked for once, ms. */
const SETTLED_AFTER_MS = 300

/**
 * Calls `onChange` when the tray's host is gone, and each time a host appears that does not have our icon yet. Desktops
 * start their panel late, restart it, and let users turn it off and on.
 * @returns what stops it
 */
export function watchTrayHost(
  clock: Clock,
  onChange: (hasHost: boolean) => void,
  env: NodeJS.ProcessEnv = process.env,
): () => void {
  let cancel = (): void => undefined
  let isStopped = false
  const check = async (mayBeBack: boolean): Promise<void> => {
    const hasHost = (await findTrayHost(env)) === true
    if (isStopped) return
    if (hasHost || !mayBeBack) onChange(hasHost)
    else checkIn(BACK_WITHIN_MS, false)
  }
  const checkIn = (ms: number, mayBeBack: boolean): void => {
    cancel()
    cancel = clock.after(ms, () => void check(mayBeBack))
  }
  const stopListening = listenOnSessionBus(
    rules,
    ({ interface: interfaceName, member }) => {
      // The bus also signals each program's own name.
      if (interfaceName === WATCHER || member === 'NameOwnerChanged') checkIn(SETTLED_AFTER_MS, true)
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
