import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { temporaryFolder } from './cleanup.mjs'
import { inDesktop } from './desktop.mjs'
import { cacheFolder } from './electron-copy.mjs'
import { packagesIn } from './installers.mjs'
import { runMain, say, SetupProblem } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { root, run } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

const RELEASE = join(root, 'release')

/**
 * Describes a base system: a release of Debian, and how what it needs beside is installed.
 * @typedef {{ suite: string, folder: string, size: string, setup?: string }} Base
 */

/** The oldest Debian that the package is for. @type {Base} */
const DEBIAN = { suite: 'bookworm', folder: 'debian-bookworm', size: '200 MB' }

/** The first Debian whose Wine runs Electron as it is. The installer is a program of 32 bits. @type {Base} */
const WINE = {
  suite: 'trixie',
  folder: 'wine-trixie',
  size: '2.5 GB',
  setup: `dpkg --add-architecture i386 && apt-get -qq update &&
    apt-get -qq install -y --no-install-recommends wine wine32 wine64 fonts-wine fonts-liberation`,
}

/**
 * Makes a base system once, and returns its folder.
 * @param {Base} base
 * @returns {Promise<string>}
 */
async function baseSystem({ suite, folder: name, size, setup }) {
  const folder = join(cacheFolder(), name)
  if (existsSync(folder)) return folder
  say(`Making a Debian ${suite} (about ${size}, once) …`)
  mkdirSync(dirname(folder), { recursive: true })
  const work = temporaryFolder(join(cacheFolder(), '.debian-'))
  try {
    const made = join(work.path, suite)
    await must(['debootstrap', '--variant=minbase', suite, made])
    if (setup) {
      // In a mount namespace of its own, so that nothing is mounted below the folder when it is moved or removed.
      const inside = `mount --rbind /proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" sh -ec '${setup}'`
      await must(['unshare', '--mount', '--propagation', 'private', 'sh', '-ec', inside, made])
    }
    rmSync(join(made, 'var', 'cache', 'apt', 'archives'), { recursive: true, force: true })
    renameSync(made, folder)
  } finally {
    work.remove()
  }
  return folder
}

/**
 * Runs a program that makes a base system; throws when it fails.
 * @param {readonly [string, ...string[]]} command
 */
async function must([program, ...args]) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const code = await run(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  if (code !== 0) throw new SetupProblem(`${program} failed: see its message above.`)
}

/** Installs, uses, upgrades and removes the packages that `npm run package -- --installers` has made. */
refuseOldNode()
await runMain(async () => {
  process.chdir(root)
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new SetupProblem('Installing packages wants Linux and root, best on a machine for tests.')
  }
  if (!existsSync(RELEASE)) {
    throw new SetupProblem('There are no packages: run `npm run package -- --installers` first.')
  }
  await ensurePackages()
  await ensureSystemPackages('test')
  await ensureSystemPackages('installers')
  await ensureBuild()
  const base = await baseSystem(DEBIAN)
  // Where the pinned Electron can be had, Windows makes its packages itself.
  const hasWindows = packagesIn(RELEASE).some(({ file }) => file.endsWith('.exe'))
  if (!hasWindows) say('Not tried: the Windows installer, which is not in release/.')
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const tests = [vitest, 'run', '--project', 'installers', ...process.argv.slice(2)]
  // A mount namespace of its own, with which its mounts end.
  return inDesktop('unshare', ['--mount', '--propagation', 'private', process.execPath, ...tests], {
    TOKENTRAY_TEST_ROOT: base,
    ...(hasWindows ? { TOKENTRAY_TEST_WINE: await baseSystem(WINE) } : {}),
  })
})
