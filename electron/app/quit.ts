import { inspect } from 'node:util'
import { app } from 'electron'
import { hasBusyThreads } from '../adapters/busy-threads.ts'
import { quitInTime } from '../shell/quitting.ts'
import type { TrayApp } from './create-app.ts'

/**
 * Makes the app quit within five seconds, with its secrets off the clipboard and nothing half-written.
 * @param stopWatching stops all other listeners
 */
export function quitTidily(trayApp: TrayApp, stopWatching: () => void): void {
  const { services, morning, popover, form, clipboard, practice } = trayApp
  quitInTime({
    onBeforeQuit: (listener) => app.on('before-quit', listener),
    quit: () => app.quit(),
    clock: services.clock,
    tidyUp: async () => {
      morning.stop()
      stopWatching()
      popover.allowClose()
      ;(await form.ifLoaded())?.destroy()
      await clipboard.clear()
      await (await practice.ifLoaded())?.stop()
    },
    isHeldUp: hasBusyThreads,
    logUncaughtErrors: () => {
      process.on('uncaughtException', (error) => process.stderr.write(`${inspect(error)}\n`))
    },
    kill: () => process.kill(process.pid, 'SIGKILL'),
  })
}
