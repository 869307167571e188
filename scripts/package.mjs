import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuild } from './build.mjs'
import { COPY_VERSION } from './electron-copy.mjs'
import { ensureElectron } from './electron.mjs'
import { builder, makeInstallers, removePackages } from './installers.mjs'
import { runMain, say } from './messages.mjs'
import { makeNpmPackage } from './npm-package.mjs'
import { ensurePackages } from './packages.mjs'
import { root } from './processes.mjs'
import { writeSbom } from './sbom.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

const RELEASE = join(root, 'release')
/** The list of what is shipped, which every package holds. */
const SBOM = join(root, 'dist', 'sbom.cdx.json')

/** Builds an unpacked app for this system, with the available Electron. */
async function unpackedApp() {
  await ensureSystemPackages('tray')
  const electron = await ensureElectron()
  await ensureBuild()
  await writeSbom(SBOM)
  say(electron.note)
  return builder([
    '--dir',
    `--config.electronDist=${dirname(electron.path)}`,
    `--config.electronVersion=${electron.version}`,
  ])
}

/** Packs the command line for npm. */
async function commandLine() {
  await ensureBuild()
  await makeNpmPackage(RELEASE)
  return 0
}

/** Makes the packages that people install. */
async function installers() {
  const electron = await ensureElectron()
  const isPinned = electron.version !== COPY_VERSION
  // With the pinned Electron electron-builder fetches its own tools too.
  if (!isPinned) await ensureSystemPackages('installers')
  await ensureBuild()
  await writeSbom(SBOM)
  say(electron.note)
  removePackages(RELEASE)
  return makeInstallers(RELEASE, isPinned)
}

/** Makes packages in release/: an unpacked app, or what the options name. */
await runMain(async () => {
  const { values } = parseArgs({
    options: { npm: { type: 'boolean', default: false }, installers: { type: 'boolean', default: false } },
  })
  await ensurePackages()
  if (values.npm) return commandLine()
  return values.installers ? installers() : unpackedApp()
})
