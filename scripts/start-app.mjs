import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { ensureElectron } from './electron.mjs'
import { runMain, say } from './messages.mjs'
import { ensurePackages } from './packages.mjs'
import { root, standInFor } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/**
 * Tells whether a display is available.
 * @returns {boolean}
 */
function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/**
 * Starts the tray app.
 * @returns {Promise<number>}
 */
async function startTray() {
  await ensureSystemPackages('tray')
  const electron = await ensureElectron()
  await ensureBuild()
  say(electron.note)
  // Chromium's sandbox refuses root on Linux; every other user keeps it.
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  // Some editors set this in their terminals, which would turn Electron into plain Node.
  delete process.env['ELECTRON_RUN_AS_NODE']
  const args = [...(isRoot ? ['--no-sandbox'] : []), root, ...process.argv.slice(2)]
  return standInFor(electron.path, args, { cwd: root })
}

/**
 * Starts the command line instead of the tray: the watch, or a practice morning without a terminal.
 * @returns {Promise<number>}
 */
async function startTerminal() {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && process.stderr.isTTY
  const shows = isTerminal ? 'the accounts' : 'a practice morning'
  say(`No display here, so no tray: ${shows} on the terminal instead.`)
  await ensureSystemPackages('terminal')
  await ensureBuild()
  return standInFor(process.execPath, [join(root, 'dist', 'cli.js'), isTerminal ? 'watch' : 'morning'])
}

export async function main() {
  await runMain(async () => {
    await ensurePackages()
    return hasDisplay() ? startTray() : startTerminal()
  })
}
