import { numberAt, padded, type Message } from './bus-message.ts'
import { listenOnSessionBus, listenOnSystemBus, type OnSignal } from './bus-signals.ts'

/**
 * Calls `onLock` when a session of a Linux desktop is locked, because Electron tells of it on macOS and Windows only
 * (https://www.electronjs.org/docs/latest/api/power-monitor#event-lock-screen-macos-windows). Which signal comes
 * depends on the desktop: logind's `Lock` (`loginctl lock-session`), the hint that a locker sets there, or the
 * screensaver's own. May call it several times for one lock.
 * @returns what stops it
 */
export function watchScreenLock(onLock: () => void, env: NodeJS.ProcessEnv = process.env): () => void {
  const onSignal: OnSignal = (signal) => {
    const { member } = signal
    if (member === 'Lock') onLock()
    else if (member === 'ActiveChanged' && numberAt(signal, 0) !== 0) onLock()
    else if (member === 'PropertiesChanged' && isHintSet(signal)) onLock()
  }
  const stops = [listenOnSystemBus(logindRules, onSignal, env), listenOnSessionBus(saverRules, onSignal, env)]
  return () => {
    for (const stop of stops) stop()
  }
}

/** The entry of a dictionary of properties: its key, then the type of its value. */
const LOCKED_HINT = Buffer.from('LockedHint\0\x01b\0')

/** Returns whether changed properties include a set `LockedHint`. */
function isHintSet(signal: Message): boolean {
  const at = signal.body.indexOf(LOCKED_HINT)
  // A boolean is aligned to four bytes.
  return at >= 0 && numberAt(signal, padded(at + LOCKED_HINT.length, 4)) !== 0
}

const SESSION = 'org.freedesktop.login1.Session'
/** https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html */
const logindRules = [
  `type='signal',sender='org.freedesktop.login1',interface='${SESSION}',member='Lock'`,
  `type='signal',interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',arg0='${SESSION}'`,
]
const saverRules = ['org.freedesktop', 'org.gnome', 'org.cinnamon', 'org.mate', 'org.xfce'].map(
  (desktop) => `type='signal',interface='${desktop}.ScreenSaver',member='ActiveChanged'`,
)
