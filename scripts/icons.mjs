import { join } from 'node:path'
import { refuseOldNode } from './node-version.mjs'
import { runMain, say } from './messages.mjs'
import { ensurePackages } from './packages.mjs'
import { root, run } from './processes.mjs'

/**
 * Draws the icons from their sources, in Electron.
 * @returns {Promise<number>}
 */
async function drawIcons() {
  await ensurePackages()
  const [{ inDesktop }, { ensureElectron }, { ensureSystemPackages }] = await Promise.all([
    import('./desktop.mjs'),
    import('./electron.mjs'),
    import('./system-packages.mjs'),
  ])
  const onLinux = process.platform === 'linux'
  await ensureSystemPackages('test')
  const electron = await ensureElectron()
  say(electron.note)
  // Chromium's sandbox refuses root on Linux.
  const isRoot = onLinux && process.getuid?.() === 0
  const args = [...(isRoot ? ['--no-sandbox'] : []), '--disable-gpu', join(root, 'assets', 'make-icons.mjs')]
  return onLinux ? inDesktop(electron.path, args) : run(electron.path, args)
}

refuseOldNode()
await runMain(drawIcons)
