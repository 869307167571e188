import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuild } from './build.mjs'
import { ensureElectron } from './electron.mjs'
import { runMain, say } from './messages.mjs'
import { ensurePackages } from './packages.mjs'
import { root, run } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

const RELEASE = join(root, 'release')

/** Builds an unpacked app for this system, with the available Electron. */
async function unpackedApp() {
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
}

/** Packs the command line for npm. */
async function commandLine() {
  await ensureBuild()
  const { makeNpmPackage } = await import('./npm-package.mjs')
  await makeNpmPackage(RELEASE)
  return 0
}

/** Makes packages in release/: an unpacked app, or what the options name. */
await runMain(async () => {
  const { values } = parseArgs({ options: { npm: { type: 'boolean', default: false } } })
  await ensurePackages()
  return values.npm ? commandLine() : unpackedApp()
})
