import { existsSync } from 'node:fs'
import { say, SetupProblem } from './messages.mjs'
import { capture, run } from './processes.mjs'

/**
 * Lists alternatives: the first of `names` that the system's package lists know is installed. `library` is
 * the
 * library to look for on systems without Debian packages.
 * @typedef {{ names: readonly string[], library?: string }} Need
 * @typedef {'terminal' | 'tray' | 'test' | 'wine' | 'installers'} Purpose
 */

/** @type {readonly Need[]} */
const KEYCHAIN = [{ names: ['libsecret-1-0'], library: 'libsecret-1.so.0' }]

// The t64 names are those of Ubuntu 24.04, Debian 13 and later.
/** @type {readonly Need[]} */
const ELECTRON = [
  { names: ['libgtk-3-0t64', 'libgtk-3-0'], library: 'libgtk-3.so.0' },
  { names: ['libnss3'], library: 'libnss3.so' },
  { names: ['libasound2t64', 'libasound2'], library: 'libasound.so.2' },
  { names: ['libgbm1'], library: 'libgbm.so.1' },
  { names: ['libxss1'], library: 'libXss.so.1' },
  { names: ['libxtst6'], library: 'libXtst.so.6' },
  { names: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'], library: 'libatk-bridge-2.0.so.0' },
  { names: ['libdrm2'], library: 'libdrm.so.2' },
  { names: ['libnotify4'], library: 'libnotify.so.4' },
  // Opened at a start, and needed by no other of these.
  { names: ['libx11-xcb1'], library: 'libX11-xcb.so.1' },
]

/** @type {readonly Need[]} */
const DESKTOP = [
  'xvfb',
  'dbus',
  'gnome-keyring',
  'libsecret-tools',
  'xclip',
  'xdotool',
  'imagemagick',
  'openbox',
  'oathtool',
  'openssl',
  'qrencode',
  'tinyproxy-bin',
  'microsocks',
  // A Wayland desktop without a screen, with its clipboard, keyboard and screenshots.
  'sway',
  'wl-clipboard',
  'wtype',
  'grim',
  // Shells with completion, and the programs that run the examples.
  'fish',
  'zsh',
  'python3',
  // The font of the pages' pictures.
  'fonts-dejavu-core',
].map((name) => ({ names: [name] }))
// gnome-keyring needs a session bus of its own; dbus-x11 avoids systemd on a bare machine.
const SESSION_BUS = { names: ['dbus-x11', 'dbus-user-session'] }

/** Windows for tests: Wine with fonts, a compiler for the library that it lacks, and a screen. */
/** @type {readonly Need[]} */
const WINE = [
  'wine',
  'wine64',
  'fonts-wine',
  'fonts-liberation',
  'gcc-mingw-w64-x86-64-win32',
  'xvfb',
  'openbox',
  'xdotool',
  'xclip',
].map((name) => ({ names: [name] }))

/** What makes packages where electron-builder can't fetch its own tools, and a Debian to try them in. */
/** @type {readonly Need[]} */
const INSTALLERS = [
  { names: ['7zip', 'p7zip-full'] },
  ...['nsis', 'xz-utils', 'debootstrap'].map((name) => ({ names: [name] })),
]

/** @type {Record<Purpose, readonly Need[]>} */
export const NEEDS = {
  terminal: KEYCHAIN,
  tray: [...KEYCHAIN, ...ELECTRON],
  test: [...KEYCHAIN, ...ELECTRON, ...DESKTOP, SESSION_BUS],
  wine: WINE,
  installers: [...KEYCHAIN, ...ELECTRON, ...INSTALLERS],
}

/** @type {Record<Purpose, string>} */
const PURPOSES = {
  terminal: 'to run TokenTray',
  tray: 'to run TokenTray',
  test: 'to test TokenTray',
  wine: 'to test TokenTray',
  installers: 'to make packages of TokenTray',
}

/**
 * Returns the installed packages.
 * @param {string} listing lines of dpkg-query: status, package
 * @returns {Set<string>}
 */
export function installedIn(listing) {
  const lines = listing.split('\n').map((line) => line.trim().split(/\s+/))
  return new Set(lines.flatMap(([status, name]) => (status === 'installed' && name ? [name] : [])))
}

/**
 * Returns the names of the libraries.
 * @param {string} listing of `ldconfig -p`
 * @returns {Set<string>}
 */
export function librariesIn(listing) {
  return new Set([...listing.matchAll(/^\s+(\S+) \(/gm)].map(([, name]) => name ?? ''))
}

/**
 * Returns the needs without an installed alternative.
 * @param {readonly Need[]} needs
 * @param {ReadonlySet<string>} installed
 * @returns {Need[]}
 */
export function missingFrom(needs, installed) {
  return needs.filter(({ names }) => !names.some((name) => installed.has(name)))
}

/**
 * Returns the first name that this release knows.
 * @param {Need} need
 * @param {ReadonlySet<string>} known packages of this release
 * @returns {string | undefined} the name to ask apt for
 */
export function nameToInstall({ names }, known) {
  return names.find((name) => known.has(name))
}

/**
 * Returns the needs that are missing on Debian.
 * @param {readonly Need[]} needs
 * @returns {Promise<Need[]>}
 */
async function missingOnDebian(needs) {
  const format = '-f=${db:Status-Status} ${Package}\\n'
  const { stdout } = await capture('dpkg-query', ['-W', format, ...needs.flatMap(({ names }) => names)])
  return missingFrom(needs, installedIn(stdout))
}

/**
 * Maps needs to the package names of this release.
 * @param {readonly Need[]} missing
 * @returns {Promise<{ names: string[], complete: boolean }>} the packages' names as this release has them
 */
async function namesHere(missing) {
  const asked = missing.flatMap(({ names }) => names)
  const { stdout } = await capture('apt-cache', ['show', '--no-all-versions', ...asked])
  const known = new Set([...stdout.matchAll(/^Package: (\S+)/gm)].map(([, name]) => name ?? ''))
  const found = missing.map((need) => nameToInstall(need, known))
  return {
    // Without downloaded lists every name is unknown. The last name is the oldest, which most releases know.
    names: missing.map(({ names }, index) => found[index] ?? names[names.length - 1] ?? ''),
    complete: !found.includes(undefined),
  }
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<boolean>}
 */
async function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=60']
  const stdio = /** @type {const} */ (['ignore', process.stderr, process.stderr])
  return (await run('apt-get', [...options, ...args], { env, stdio: [...stdio] })) === 0
}

/**
 * Installs the missing packages with apt-get.
 * @param {readonly Need[]} missing
 * @param {string} purpose
 */
async function installOnDebian(missing, purpose) {
  const install = ['install', '-y', '--no-install-recommends']
  let { names, complete } = await namesHere(missing)
  if (process.getuid?.() !== 0) {
    const command = `sudo apt-get update && sudo apt-get ${install.join(' ')} ${names.join(' ')}`
    throw new SetupProblem(`System packages are missing ${purpose}. Install them with:\n  ${command}`)
  }
  say(`Installing system packages ${purpose}: ${names.join(' ')} …`)
  if (complete && (await aptGet([...install, ...names]))) return
  // A bare machine has no package lists, and an idle one has lists of files that no longer exist.
  await aptGet(['update'])
  names = (await namesHere(missing)).names
  if (await aptGet([...install, ...names])) return
  throw new SetupProblem(`apt-get can't install what is missing ${purpose}: ${names.join(' ')}`)
}

/**
 * Prints a hint on other systems instead of failing, because a library may exist where ldconfig does not
 * look.
 * @param {readonly Need[]} needs
 * @param {string} purpose
 */
async function hintElsewhere(needs, purpose) {
  const { code, stdout } = await capture('ldconfig', ['-p'])
  const found = librariesIn(stdout)
  const absent = needs.flatMap(({ library }) => (library && !found.has(library) ? [library] : []))
  if (code === 0 && absent.length) say(`Probably missing ${purpose}: ${absent.join(' ')}`)
}

/**
 * Installs the system packages for a purpose where possible.
 * @param {Purpose} wanted
 */
export async function ensureSystemPackages(wanted) {
  if (process.platform !== 'linux') return
  const purpose = PURPOSES[wanted]
  const needs = NEEDS[wanted]
  if (!existsSync('/usr/bin/apt-get')) return hintElsewhere(needs, purpose)
  const missing = await missingOnDebian(needs)
  if (missing.length) await installOnDebian(missing, purpose)
}
