import { join } from 'node:path'
import { runMain, say } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { root } from './processes.mjs'

/** Set for the second start of the script, which runs inside a desktop of its own. */
const INSIDE = 'TOKENTRAY_INSIDE'

/**
 * Runs a script's work with the built app and Electron in a desktop of its own. The script starts a second
 * time
 * there.
 * @param {string} self the script's file
 * @param {(electron: string) => Promise<number>} work takes Electron's executable and gives the exit code
 */
export async function runInsideDesktop(self, work) {
  refuseOldNode()
  const electron = process.env['TOKENTRAY_TEST_ELECTRON'] ?? ''
  await runMain(process.env[INSIDE] === undefined ? () => startInside(self) : () => work(electron))
}

/**
 * Loads a TypeScript module.
 * @param {string} folder beside `scripts`, with a `main.ts`
 * @returns {Promise<unknown>}
 */
export async function mainOf(folder) {
  const { runnerImport } = await import('vite')
  const { module } = await runnerImport(join(root, folder, 'main.ts'), { configFile: false, root })
  return module
}

/**
 * @param {string} self
 * @returns {Promise<number>}
 */
async function startInside(self) {
  await ensurePackages()
  const [{ ensureBuild }, { inDesktop }, { ensureElectron }, { ensureSystemPackages }] = await Promise.all([
    import('./build.mjs'),
    import('./desktop.mjs'),
    import('./electron.mjs'),
    import('./system-packages.mjs'),
  ])
  await ensureSystemPackages('test')
  const electron = await ensureElectron()
  await ensureBuild()
  say(electron.note)
  const env = { TOKENTRAY_TEST_ELECTRON: electron.path, [INSIDE]: '1' }
  return inDesktop(process.execPath, [self, ...process.argv.slice(2)], env)
}
