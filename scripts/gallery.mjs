import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMain, say } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { root } from './processes.mjs'

/** Set for the second half, which runs inside a desktop of its own. */
const INSIDE = 'TOKENTRAY_GALLERY_INSIDE'

/**
 * Takes pictures of every state of every page: `npm run gallery`.
 *
 * @returns {Promise<number>}
 */
async function prepare() {
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
  const self = fileURLToPath(import.meta.url)
  return inDesktop(process.execPath, [self, ...process.argv.slice(2)], env)
}

/** @returns {Promise<number>} */
async function takePictures() {
  const { runnerImport } = await import('vite')
  const { module } = await /** @type {Promise<{ module: typeof import('../gallery/main.ts') }>} */ (
    runnerImport(join(root, 'gallery', 'main.ts'), { configFile: false, root })
  )
  const executablePath = process.env['TOKENTRAY_TEST_ELECTRON'] ?? ''
  return module.gallery({ executablePath, args: process.argv.slice(2), say: (line) => console.log(line) })
}

refuseOldNode()
await runMain(process.env[INSIDE] === undefined ? prepare : takePictures)
