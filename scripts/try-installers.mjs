import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { temporaryFolder } from './cleanup.mjs'
import { inDesktop } from './desktop.mjs'
import { cacheFolder } from './electron-copy.mjs'
import { runMain, say, SetupProblem } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { root, run } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/** The oldest Debian that the package is for. */
const SUITE = 'bookworm'

/**
 * Makes the base system once, and returns its folder.
 * @returns {Promise<string>}
 */
async function baseSystem() {
  const folder = join(cacheFolder(), `debian-${SUITE}`)
  if (existsSync(folder)) return folder
  say(`Making a Debian ${SUITE} (about 200 MB, once) …`)
  mkdirSync(dirname(folder), { recursive: true })
  const work = temporaryFolder(join(cacheFolder(), '.debian-'))
  try {
    const made = join(work.path, SUITE)
    const code = await run('debootstrap', ['--variant=minbase', SUITE, made], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (code !== 0) throw new SetupProblem('debootstrap failed: see its message above.')
    rmSync(join(made, 'var', 'cache', 'apt', 'archives'), { recursive: true, force: true })
    renameSync(made, folder)
  } finally {
    work.remove()
  }
  return folder
}

/** Installs, uses, upgrades and removes the packages that `npm run package -- --installers` has made. */
refuseOldNode()
await runMain(async () => {
  process.chdir(root)
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new SetupProblem('Installing packages wants Linux and root, best on a machine for tests.')
  }
  if (!existsSync(join(root, 'release'))) {
    throw new SetupProblem('There are no packages: run `npm run package -- --installers` first.')
  }
  await ensurePackages()
  await ensureSystemPackages('test')
  await ensureSystemPackages('installers')
  await ensureBuild()
  const base = await baseSystem()
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const tests = [vitest, 'run', '--project', 'installers', ...process.argv.slice(2)]
  // A mount namespace of its own, with which its mounts end.
  return inDesktop('unshare', ['--mount', '--propagation', 'private', process.execPath, ...tests], {
    TOKENTRAY_TEST_ROOT: base,
  })
})
