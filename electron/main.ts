import { app, dialog } from 'electron'
import { leaveToTheFirst, prepareProcess, switchProblem } from './app/prepare.ts'
import { isHiddenStart, isQuitRequest } from './shell/start-mode.ts'
import { makeTray } from './shell/tray/tray-picture.ts'

const { home, wayland } = prepareProcess()
const problem = switchProblem()
if (problem !== null) giveUp(problem)
else if (app.requestSingleInstanceLock()) {
  // An installer asks, and no TokenTray runs.
  if (isQuitRequest(process.argv)) app.exit(0)
  else start().catch(giveUpWhenReady)
} else leaveToTheFirst(home).catch(giveUpWhenReady)

/** Shows the icon before anything else is loaded, because the icon is what the user waits for. */
async function start(): Promise<void> {
  const whenStartedAgain = stayInTheTray()
  await app.whenReady()
  const icon = makeTray()
  const { startApp } = await import('./app/start-app.ts')
  await startApp({ icon, wayland, whenStartedAgain })
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
