// Opens a window for the built pages without the rest of the app. Playwright gives them a made-up bridge.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { app, BrowserWindow, protocol } from 'electron'

const PAGES = path.join(import.meta.dirname, '..', 'dist', 'renderer')

/** @type {Readonly<Record<string, string>>} */
const contentTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** @param {URL} url */
async function servePage({ pathname }) {
  try {
    const body = await readFile(path.join(PAGES, path.normalize(pathname)))
    const contentType = contentTypes[path.extname(pathname)] ?? 'application/octet-stream'
    return new Response(new Uint8Array(body), { headers: { 'content-type': contentType } })
  } catch {
    return new Response(null, { status: 404 })
  }
}

protocol.registerSchemesAsPrivileged([{ scheme: 'tokentray', privileges: { standard: true, secure: true } }])
app.commandLine.appendSwitch('password-store', 'basic')
// Makes colours and the edges of letters equal on every screen.
app.commandLine.appendSwitch('force-color-profile', 'srgb')
app.commandLine.appendSwitch('disable-lcd-text')
app.commandLine.appendSwitch('force-device-scale-factor', '1')
app.commandLine.appendSwitch('lang', 'en-GB')
app.on('window-all-closed', () => app.quit())

// Not awaited, because Electron is not ready before this file has run to its end.
void app.whenReady().then(async () => {
  protocol.handle('tokentray', (request) => servePage(new URL(request.url)))
  const window = new BrowserWindow({
    width: 800,
    height: 600,
    useContentSize: true,
    frame: false,
    webPreferences: { sandbox: true, contextIsolation: true, spellcheck: false, backgroundThrottling: false },
  })
  // A form with unsaved input would keep its window, but the next scene must replace it.
  window.webContents.on('will-prevent-unload', (event) => event.preventDefault())
  await window.loadURL('about:blank')
})
