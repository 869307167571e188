import { app, dialog } from 'electron'
import { appear, catchUp } from './app/appear.ts'
import { connect } from './app/connect.ts'
import { createApp } from './app/create-app.ts'
import { leaveToTheFirst, prepareProcess, switchProblem } from './app/prepare.ts'
import { quitTidily } from './app/quit.ts'
import { releaseFeed } from './app/release-feed.ts'
import { followTrayHost } from './app/tray-host.ts'
import { isHiddenStart, isQuitRequest } from './shell/start-mode.ts'

const { home, wayland } = prepareProcess()
const problem = switchProblem()
if (problem !== null) giveUp(problem)
else if (app.requestSingleInstanceLock()) {
  // An installer asks, and no TokenTray runs.
  if (isQuitRequest(process.argv)) app.exit(0)
  else start().catch(giveUpWhenReady)
} else leaveToTheFirst(home).catch(giveUpWhenReady)

async function start(): Promise<void> {
  const whenStartedAgain = stayInTheTray()
  const trayApp = await createApp(wayland)
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
  const { lookForUpdates } = await import('./app/updates.ts')
  stopUpdates = lookForUpdates(feed, trayApp.services, trayApp.notices)
}

/**
 * Keeps the app running without a window, because the tray icon is the app.
 * @returns takes what a second start of the app does
 */
function stayInTheTray(): (listener: () => void) => void {
  let onSecondStart = (): void => undefined
  app.on('second-instance', (_event, argv) => {
    if (isQuitRequest(argv)) app.quit()
    // At login the app may already run, and a hidden start shows nothing.
    else if (!isHiddenStart(argv)) onSecondStart()
  })
  app.on('window-all-closed', () => undefined)
  app.dock?.hide()
  return (listener) => {
    onSecondStart = listener
  }
}

/** Says why the app can't start, because an icon that does nothing would not. */
function giveUp(error: unknown): void {
  dialog.showErrorBox('TokenTray can’t start', error instanceof Error ? error.message : String(error))
  app.exit(1)
}

/** Gives up in a box, which Electron can show only when it is ready. */
async function giveUpWhenReady(error: unknown): Promise<void> {
  await app.whenReady()
  giveUp(error)
}
