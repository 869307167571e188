import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { say, SetupProblem } from './messages.mjs'
import { root, run } from './processes.mjs'

const SOURCES = [
  'electron',
  'renderer',
  'practice',
  'assets',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'node_modules/.package-lock.json',
]
const RESULTS = ['main.js', 'cli.js']

/**
 * Returns the newest modification time under a path.
 * Folders count too, because only a folder's date shows a removed or renamed file.
 * @param {string} path
 * @returns {number} 0 when there is nothing
 */
function newestUnder(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestUnder(join(path, name))))
}

/** @param {string} folder */
const stampIn = (folder) => join(folder, 'dist', '.built')

/**
 * Tells whether the build is newer than every source.
 * @param {string} [folder] of the checkout
 * @returns {boolean}
 */
export function buildIsCurrent(folder = root) {
  const stamp = statSync(stampIn(folder), { throwIfNoEntry: false })
  if (!stamp || !RESULTS.every((name) => existsSync(join(folder, 'dist', name)))) return false
  return SOURCES.every((path) => newestUnder(join(folder, path)) <= stamp.mtimeMs)
}

/**
 * Records a successful build with the time of its start, so that files saved during the build count as
 * newer.
 * A failed build leaves no stamp.
 * @param {Date} begun
 * @param {string} [folder] of the checkout
 */
export function stampBuild(begun, folder = root) {
  writeFileSync(stampIn(folder), '')
  utimesSync(stampIn(folder), begun, begun)
}

/** Has the next start build anew, because something else is being put in the build's place. */
export function forgetBuild() {
  rmSync(stampIn(root), { force: true })
}

/**
 * Builds app, command line and pages.
 * @returns {Promise<boolean>} whether it ended well
 */
export async function build() {
  const begun = new Date()
  forgetBuild()
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const stdio = /** @type {const} */ (['ignore', process.stderr, process.stderr])
  // Fixes the environment, because a build inside a test would otherwise contain React's development version.
  const env = { ...process.env, NODE_ENV: 'production' }
  const code = await run(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    stdio: [...stdio],
    env,
  })
  if (code !== 0) return false
  stampBuild(begun)
  return true
}

export async function ensureBuild() {
  if (buildIsCurrent()) return
  say('Building …')
  if (!(await build())) throw new SetupProblem('The build failed: see its message above.')
}
