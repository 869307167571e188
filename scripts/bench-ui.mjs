import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runMain, say } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { root } from './processes.mjs'

/** Set for the second half, which runs inside a desktop of its own. */
const INSIDE = 'TOKENTRAY_BENCH_INSIDE'

/**
 * Measures the tray app against its budgets: `npm run bench:ui`.
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
async function measure() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '60' }, runs: { type: 'string', default: '7' } },
  })
  const { runnerImport } = await import('vite')
  const { module } = await /** @type {Promise<{ module: typeof import('../bench/main.ts') }>} */ (
    runnerImport(join(root, 'bench', 'main.ts'), { configFile: false, root })
  )
  return module.bench({
    electron: process.env['TOKENTRAY_TEST_ELECTRON'] ?? '',
    seconds: Number(values.seconds),
    runs: Number(values.runs),
    only: positionals,
    say: (line) => console.log(line),
  })
}

refuseOldNode()
await runMain(process.env[INSIDE] === undefined ? prepare : measure)
