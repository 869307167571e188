import type { Tray } from 'electron'
import { appear, catchUp } from './appear.ts'
import { connect } from './connect.ts'
import { createApp } from './create-app.ts'
import { quitTidily } from './quit.ts'
import { releaseFeed } from './release-feed.ts'
import { followTrayHost } from './tray-host.ts'

export interface Beginnings {
  /** The icon in the tray, which has nothing to say yet. */
  readonly icon: Tray
  readonly wayland: boolean
  /** Takes what a second start of the app does. */
  readonly whenStartedAgain: (listener: () => void) => void
}

/**
 * Builds the app behind its icon, shows what the start is to show, and catches up with the time it was not running.
 * @throws Error when the profile can't be opened
 */
export async function startApp({ icon, wayland, whenStartedAgain }: Beginnings): Promise<void> {
  const trayApp = await createApp(icon, wayland)
  const stopWatching = connect(trayApp)
  whenStartedAgain(() => {
    trayApp.popover.show()
  })
  const trayHost = followTrayHost(trayApp)
  let stopUpdates = (): void => undefined
  quitTidily(trayApp, () => {
    stopWatching()
    stopUpdates()
    void trayHost.then(({ stop }) => {
      stop()
    })
  })
  appear(trayApp, (await trayHost).hasTray)
  await catchUp(trayApp)
  const feed = releaseFeed(process.env)
  if (feed === null) return
  const { lookForUpdates } = await import('./updates.ts')
  stopUpdates = lookForUpdates(feed, trayApp.services, trayApp.notices)
}
