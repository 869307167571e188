import { execFile } from 'node:child_process'

const ANSWER_MS = 2_000

/**
 * Whether a tray icon will be seen by anyone. Always so on macOS and Windows; on Linux when something shows
 * StatusNotifierItems, which plain GNOME does not
 * (https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/).
 */
export async function hasTrayHost(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return true
  return new Promise((resolve) => {
    execFile('dbus-send', question, { timeout: ANSWER_MS }, (error, stdout) => {
      resolve(error === null && stdout.includes('boolean true'))
    })
  })
}

const question = [
  '--session',
  '--print-reply',
  '--dest=org.kde.StatusNotifierWatcher',
  '/StatusNotifierWatcher',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.kde.StatusNotifierWatcher',
  'string:IsStatusNotifierHostRegistered',
]
