import { join } from 'node:path'
import { app, BrowserWindow, Tray } from 'electron'

/** @type {Tray | null} Kept, because a collected Tray loses its icon. */
let tray = null
/** @type {BrowserWindow | null} */
let window = null

/** Shows or hides the window, and creates it at the first use. */
function toggle() {
  if (window?.isVisible()) return window.hide()
  if (window) return window.show()
  const made = new BrowserWindow({ show: false, width: 380, height: 560, frame: false, skipTaskbar: true })
  made.once('ready-to-show', () => made.show())
  void made.loadFile(join(import.meta.dirname, 'page.html'))
  window = made
}

/** The minimal tray program that the app is compared with. */
app.setPath('userData', join(process.env['TOKENTRAY_HOME'] ?? '', 'bare'))
app.on('window-all-closed', () => undefined)
// Not awaited, because Electron is not ready before this file has run to its end.
void app.whenReady().then(() => {
  tray = new Tray(join(import.meta.dirname, '..', '..', 'assets', 'tray', 'none.png'))
  tray.on('click', toggle)
})
