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
 * Functions of Windows that Wine 8 has not or does wrongly, and others with as many letters that do no harm in their
 * place: V8's memory placeholders (it then does without), two that abort, and one whose failure ends Chromium.
 */
const REPLACED = [
  ['VirtualAlloc2', 'VirtualAllocX'],
  ['GetProcessInformation', 'SetProcessInformation'],
  ['DiscardVirtualMemory', 'GetCurrentProcessId\0'],
  ['QueryProcessCycleTime', 'GetProcessHandleCount'],
]

/** What Wine can't do for Electron, done before the app: keepalive of connections, and frameless windows that show. */
const SHIM = `require('node:net').Socket.prototype.setKeepAlive = function () { return this }
require('electron').app.on('browser-window-created', (_event, window) => window.setOpacity(0.99))
`

/**
 * A copy of Windows' Electron for this run that starts under Wine, in a folder with a space in its name.
 *
 * @param {Wine} wine
 * @returns {Promise<{ electron: string, shim: string }>}
 */
export async function electronForWine(wine) {
  const original = findCopy(cacheFolder(), 'win32-x64') ?? (await fetchCopy('win32-x64'))
  const folder = join(wine.folder, 'my electron')
  // By hard links: only the one file that is changed is copied.
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
 * Without Tahoma Chromium looks for a font until its stack is full; without entries in the registry pages are white.
 *
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
 * A screen for Windows' programs. Those that run without one are ended: they share one desktop, which began without a
 * screen, and no window opens on it (Chromium ends itself with error 1400).
 *
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
