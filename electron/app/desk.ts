import { powerMonitor } from 'electron'

/**
 * Calls `onLeave` when the user locks the screen or the computer goes to sleep.
 * @returns what stops it
 */
export function watchDesk(onLeave: () => void): () => void {
  powerMonitor.on('lock-screen', onLeave)
  powerMonitor.on('suspend', onLeave)
  // Loaded after the start, because no locking is urgent then.
  const desktop =
    process.platform === 'linux'
      ? import('../adapters/screen-lock.ts').then(({ watchScreenLock }) => watchScreenLock(onLeave))
      : null
  return () => {
    powerMonitor.off('lock-screen', onLeave)
    powerMonitor.off('suspend', onLeave)
    void desktop?.then((stop) => {
      stop()
    })
  }
}
