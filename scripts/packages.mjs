import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { say, SetupProblem } from './messages.mjs'
import { npm, root } from './processes.mjs'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} Locked */

/**
 * @param {string} file
 * @returns {Record<string, Locked>}
 */
function lockedIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

/**
 * Compares the lock file with npm's record of its last install. Compares contents instead of dates, because
 * a
 * checkout or a branch switch changes dates without need of an install.
 * @param {string} [folder] of the checkout
 * @returns {boolean}
 */
export function packagesAreCurrent(folder = root) {
  try {
    const wanted = lockedIn(join(folder, 'package-lock.json'))
    const installed = lockedIn(join(folder, 'node_modules', '.package-lock.json'))
    return Object.entries(wanted).every(([path, entry]) => {
      const found = installed[path]
      // The empty path is the checkout itself; optional packages may be for other systems.
      if (path === '' || (!found && entry.optional)) return true
      return found?.version === entry.version && found?.integrity === entry.integrity
    })
  } catch {
    return false
  }
}

/**
 * The arguments of npm. Without `--include=dev`, NODE_ENV=production in the user's shell would leave out the
 * build tools. npm shows errors only, because Electron's packages ask for Node 22.12, do their work here on 20.19
 * too, and npm would warn of each.
 */
export const INSTALL = ['ci', '--include=dev', '--loglevel=error']

export async function ensurePackages() {
  if (packagesAreCurrent()) return
  say('Installing packages (npm ci) …')
  if ((await npm(INSTALL, { stdio: ['ignore', process.stderr, process.stderr] })) !== 0) {
    throw new SetupProblem('npm ci failed: see its message above.')
  }
}
