import { app } from 'electron'
import { hasBusyThreads } from '../adapters/busy-threads.ts'
import { quitInTime } from '../shell/quitting.ts'
import type { TrayApp } from './create-app.ts'

/**
 * Has the app end within five seconds when it is quit, with nothing left on the clipboard and nothing half-written.
 * @param stopWatching ends what else listens to the computer
 */
export function quitTidily(parts: TrayApp, stopWatching: () => void): void {
  const { services, morning, popover, form, clipboard, practice } = parts
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
    kill: () => process.kill(process.pid, 'SIGKILL'),
  })
}
