import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { temporaryFolder } from './cleanup.mjs'
import { ensureElectron } from './electron.mjs'
import { runMain, say, SetupProblem } from './messages.mjs'
import { ensurePackages } from './packages.mjs'
import { npm, root, run } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/**
 * Lists what is shipped, in CycloneDX: https://docs.npmjs.com/cli/commands/npm-sbom
 * The list is made of a lockfile without development's packages, because `--omit=dev` also leaves out those that
 * development needs too.
 * @param {string} file
 */
async function writeSbom(file) {
  const work = temporaryFolder(join(tmpdir(), 'tokentray-sbom-'))
  const out = openSync(file, 'w')
  try {
    for (const name of ['package.json', 'package-lock.json']) {
      const json = JSON.parse(readFileSync(join(root, name), 'utf8'))
      const shipped = Object.entries(json.packages ?? {}).filter(([, one]) => !one.dev)
      const packages = shipped.map(([folder, one]) => [folder, { ...one, devDependencies: undefined }])
      const lean = { ...json, devDependencies: undefined, packages: Object.fromEntries(packages) }
      writeFileSync(join(work.path, name), JSON.stringify(lean))
    }
    const options = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only']
    const ended = await npm(options, { cwd: work.path, stdio: ['ignore', out, 'inherit'] })
    if (ended !== 0) throw new SetupProblem('npm can’t list what is in the package.')
  } finally {
    closeSync(out)
    work.remove()
  }
}

/** Builds an unpacked app for this system in release/, with the available Electron. */
await runMain(async () => {
  await ensurePackages()
  await ensureSystemPackages('tray')
  const electron = await ensureElectron()
  await ensureBuild()
  await writeSbom(join(root, 'dist', 'sbom.cdx.json'))
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
