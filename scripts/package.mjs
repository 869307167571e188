import { dirname, join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { ensureElectron } from './electron.mjs'
import { runMain, say } from './messages.mjs'
import { ensurePackages } from './packages.mjs'
import { root, run } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/** Builds an unpacked app for this system in release/, with the available Electron. */
await runMain(async () => {
  await ensurePackages()
  await ensureSystemPackages('tray')
  const electron = await ensureElectron()
  await ensureBuild()
  say(electron.note)
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
  return run(process.execPath, [
    builder,
    '--dir',
    '--publish=never',
    `--config.electronDist=${dirname(electron.path)}`,
    `--config.electronVersion=${electron.version}`,
  ])
})
