import { copyFileSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fetchCopy, findCopy, cacheFolder } from './electron-copy.mjs'
import { SetupProblem } from './messages.mjs'
import { run } from './processes.mjs'
import { runWindows } from './wine-run.mjs'
import { endWine } from './wine-setup.mjs'

/** @typedef {import('./wine-setup.mjs').Wine} Wine */

const FONTS = ['/usr/share/wine/fonts/tahoma.ttf', '/usr/share/wine/fonts/tahomabd.ttf']
const LIBERATION = '/usr/share/fonts/truetype/liberation'

/**
 * Functions of Windows that Wine 8 lacks or gets wrong, each with a harmless function whose name is as
 * long: V8's
 * memory placeholders, two that abort, and one whose failure ends Chromium. V8 works without placeholders.
 */
const REPLACED = [
  ['VirtualAlloc2', 'VirtualAllocX'],
  ['GetProcessInformation', 'SetProcessInformation'],
  ['DiscardVirtualMemory', 'GetCurrentProcessId\0'],
  ['QueryProcessCycleTime', 'GetProcessHandleCount'],
]

/**
 * Code that runs before the app and works around Wine: it turns off keepalive of connections, and makes
 * frameless windows visible.
 */
const SHIM = `require('node:net').Socket.prototype.setKeepAlive = function () { return this }
require('electron').app.on('browser-window-created', (_event, window) => window.setOpacity(0.99))
`

/**
 * Copies Windows' Electron and patches it so that it starts under Wine. The folder's name has a space on
 * purpose.
 * @param {Wine} wine
 * @returns {Promise<{ electron: string, shim: string }>}
 */
export async function electronForWine(wine) {
  const original = findCopy(cacheFolder(), 'win32-x64') ?? (await fetchCopy('win32-x64'))
  const folder = join(wine.folder, 'my electron')
  // Uses hard links, so that only the patched file is copied.
  if ((await run('cp', ['-al', dirname(original), folder])) !== 0)
    throw new SetupProblem('Windows’ Electron can’t be copied: see the message above.')
  const electron = join(folder, basename(original))
  const changed = patched(readFileSync(original))
  rmSync(electron)
  writeFileSync(electron, changed)
  const shim = join(wine.folder, 'electron-shim.cjs')
  writeFileSync(shim, SHIM)
  await addFonts(wine)
  return { electron, shim }
}

/** @param {Buffer} program */
function patched(program) {
  for (const [from = '', to = ''] of REPLACED) {
    const [old, other] = [Buffer.from(`${from}\0`), Buffer.from(`${to}\0`)]
    let at = program.indexOf(old)
    if (at === -1)
      throw new SetupProblem(`This Electron does not import ${from}: it is not the one that is known.`)
    for (; at !== -1; at = program.indexOf(old, at)) other.copy(program, at)
  }
  return program
}

/**
 * Adds fonts. Without Tahoma Chromium searches for a font until its stack is full, and without registry
 * entries pages
 * stay white.
 * @param {Wine} wine
 */
async function addFonts(wine) {
  const target = join(wine.prefix, 'drive_c', 'windows', 'Fonts')
  mkdirSync(target, { recursive: true })
  const files = [...FONTS, ...readdirSync(LIBERATION).map((name) => join(LIBERATION, name))]
  for (const file of files) copyFileSync(file, join(target, basename(file)))
  const entries = files.map((file) => {
    const name = basename(file, '.ttf')
      .replace(/^tahomabd$/, 'Tahoma Bold')
      .replace(/^tahoma$/, 'Tahoma')
    return `"${name.replace('-', ' ')} (TrueType)"="${basename(file)}"`
  })
  const key = String.raw`[HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion\Fonts]`
  writeFileSync(join(wine.prefix, 'drive_c', 'fonts.reg'), ['REGEDIT4', '', key, ...entries, ''].join('\r\n'))
  await runWindows(wine, 'regedit', ['/S', 'C:\\fonts.reg'])
}

/**
 * Starts a screen for Windows programs and ends those that run without one. All programs share one desktop.
 * A desktop
 * that began without a screen opens no window (Chromium ends itself with error 1400).
 * @param {Wine} wine
 * @returns {Promise<{ env: NodeJS.ProcessEnv, end: () => void }>} its environment and its end
 */
export async function startWineScreen(wine) {
  await endWine(wine)
  const { startScreen, startWindowManager } = await import('./desktop-parts.mjs')
  /** @type {import('./desktop-parts.mjs').Session} */
  const session = {
    folder: wine.folder,
    env: { ...process.env, XAUTHORITY: join(wine.folder, 'xauthority') },
    log: openSync(join(wine.folder, 'screen.log'), 'a'),
    ends: [],
  }
  session.env['DISPLAY'] = await startScreen(session)
  await startWindowManager(session)
  return {
    env: { DISPLAY: session.env['DISPLAY'], XAUTHORITY: session.env['XAUTHORITY'] },
    end: () => {
      for (const end of session.ends.reverse()) end()
    },
  }
}
