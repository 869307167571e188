import { app, type Session, type WebContents, type WebPreferences } from 'electron'

/** What every window sets, whatever Electron's own defaults are. */
export const safePreferences: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  devTools: !app.isPackaged,
}

/** The windows whose page may go to other addresses. */
const navigable = new WeakSet<WebContents>()

/** Lets the page of a window go to other addresses, which the window then has to check itself. */
export function allowNavigation(contents: WebContents): void {
  navigable.add(contents)
}

/**
 * Hardens every window and session that is ever made, so that a new one which forgets a rule opens nothing. Has to run
 * before Electron is ready.
 */
export function hardenAll(): void {
  // Root can't have Chromium's sandbox, and this call would undo the switch that says so.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Before version 34 Electron lets every page read the clipboard with `execCommand('paste')`. The user still can paste.
  app.commandLine.appendSwitch('blink-settings', 'DOMPasteAllowed=false')
  app.on('session-created', denyPermissions)
  app.on('web-contents-created', (_event, contents) => {
    confine(contents)
  })
  // Electron would hand out the first certificate of the user without asking.
  app.on('select-client-certificate', (event, _contents, _url, _certificates, answer) => {
    event.preventDefault()
    answer()
  })
}

/** Refuses the pages of a session everything a page may ask of a computer, and downloads. */
function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => {
    event.preventDefault()
  })
}

/** Refuses a page other windows, pages within it, and other addresses unless its window allows them. */
function confine(contents: WebContents): void {
  const stay = (event: { preventDefault: () => void }): void => {
    if (!navigable.has(contents)) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
