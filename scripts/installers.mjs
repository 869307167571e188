import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { temporaryFolder } from './cleanup.mjs'
import { COPY_VERSION, fetchCopy, findCopy } from './electron-copy.mjs'
import { say, SetupProblem } from './messages.mjs'
import { root, run } from './processes.mjs'
import { signingOf } from './signing.mjs'

/**
 * Describes packages that are made together, or why they can't be.
 * `copy` is the system whose checked copy of Electron they hold; without it electron-builder fetches the pinned one.
 * @typedef {{ names: string, args?: readonly string[], copy?: string, why?: string }} Installer
 */

const NO_MAC = 'only macOS makes it'
const ONLINE = 'what electron-builder makes it with comes from github.com, which can’t be reached'
const NO_COPY = 'the registry has no checked Electron for it, and github.com can’t be reached'

/**
 * Lists every package, with the arguments that make it or the reason why it can't be made here.
 * @param {NodeJS.Platform} platform
 * @param {boolean} isPinned whether the pinned Electron can be had, and so electron-builder's own tools
 * @returns {Installer[]}
 */
export function planOf(platform, isPinned) {
  const linux = { names: 'Linux deb, AppImage, tar.gz (x64, arm64)' }
  const windows = { names: 'Windows NSIS (x64, arm64)' }
  const mac = { names: 'macOS dmg, zip (arm64, x64)' }
  if (isPinned) {
    return [
      platform === 'linux' ? { ...linux, args: ['--linux'] } : { ...linux, why: 'made on Linux' },
      platform === 'win32' ? { ...windows, args: ['--win'] } : { ...windows, why: 'made on Windows' },
      platform === 'darwin' ? { ...mac, args: ['--mac'] } : { ...mac, why: NO_MAC },
    ]
  }
  if (platform !== 'linux') return [linux, windows, mac].map((one) => ({ ...one, why: ONLINE }))
  return [
    { names: 'Linux deb, tar.gz (x64)', args: ['--linux', 'deb', 'tar.gz', '--x64'], copy: 'linux-x64' },
    { names: 'Windows NSIS (x64)', args: ['--win', 'nsis', '--x64'], copy: 'win32-x64' },
    { names: 'Linux AppImage (x64)', why: ONLINE },
    { names: 'Linux and Windows packages (arm64)', why: NO_COPY },
    { ...mac, why: NO_MAC },
  ]
}

/** 7-Zip, by the names that releases of Debian give it. Debian 12's package has the last of them alone. */
const SEVEN_ZIP = ['/usr/bin/7za', '/usr/bin/7z', '/usr/bin/7zz']

/**
 * Returns the environment in which electron-builder uses this system's tools in place of ones that it would fetch.
 * @param {string} folder for links to the tools
 * @returns {NodeJS.ProcessEnv}
 */
function systemTools(folder) {
  const nsis = join(folder, 'nsis')
  mkdirSync(nsis)
  symlinkSync('/usr/bin/makensis', join(nsis, 'makensis'))
  symlinkSync('/usr/share/nsis/Plugins', join(nsis, 'plugins'))
  return {
    ELECTRON_BUILDER_7ZIP_PATH: SEVEN_ZIP.find((file) => existsSync(file)),
    ELECTRON_BUILDER_NSIS_DIR: nsis,
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: nsis,
  }
}

/**
 * Makes the packages that can be made here, and says of the others why not.
 * @param {string} release the folder for packages
 * @param {boolean} isPinned
 * @returns {Promise<number>} the exit code of the first failure, or 0
 */
export async function makeInstallers(release, isPinned) {
  const plan = planOf(process.platform, isPinned)
  const signing = signingOf(process.platform, process.env)
  const tools = temporaryFolder(join(tmpdir(), 'tokentray-tools-'))
  const env = {
    ...process.env,
    // gzip's highest level takes minutes for one percent; the archive in front of NSIS is thrown away.
    ELECTRON_BUILDER_COMPRESSION_LEVEL: '6',
    CUSTOM_FPM_PATH: join(root, 'packaging', 'fpm.mjs'),
    ...(isPinned ? {} : systemTools(tools.path)),
    ...signing.env,
  }
  try {
    for (const { names, args, copy } of plan) {
      if (!args) continue
      say(`Making ${names} …`)
      const level = args.includes('--win') ? { ELECTRON_BUILDER_COMPRESSION_LEVEL: '0' } : {}
      const electron = copy ? await electronOf(copy) : []
      const code = await builder([...args, ...electron, ...signing.args], { ...env, ...level })
      if (code !== 0) return code
    }
  } finally {
    tools.remove()
  }
  for (const { file, bytes } of packagesIn(release))
    say(`${String(bytes).padStart(11)} bytes  release/${file}`)
  say(signing.words)
  for (const { names, why } of plan) if (why) say(`Not made: ${names}: ${why}.`)
  return 0
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function builder(args, env = process.env) {
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js')
  return run(process.execPath, [cli, ...args, '--publish=never'], { env })
}

/**
 * Returns the arguments for the checked copy of a system.
 * @param {string} system
 */
async function electronOf(system) {
  const found = findCopy(undefined, system) ?? (await fetchCopy(system))
  return [`--config.electronDist=${dirname(found)}`, `--config.electronVersion=${COPY_VERSION}`]
}

/** Matches what a release has: packages, and not electron-builder's notes and folders. */
const PACKAGE = /\.(deb|AppImage|tar\.gz|tgz|exe|dmg|zip)$/

/**
 * Lists the packages of a folder.
 * @param {string} release
 * @returns {{ file: string, bytes: number }[]}
 */
export function packagesIn(release) {
  if (!existsSync(release)) throw new SetupProblem(`${release} has no packages: npm run package makes them.`)
  return readdirSync(release)
    .filter((file) => PACKAGE.test(file))
    .sort()
    .map((file) => ({ file, bytes: statSync(join(release, file)).size }))
}

/**
 * Removes packages of an earlier run, so that no old one is taken for a new one.
 * @param {string} release
 */
export function removePackages(release) {
  if (!existsSync(release)) return
  for (const { file } of packagesIn(release)) {
    if (!file.endsWith('.tgz')) rmSync(join(release, file))
  }
}
