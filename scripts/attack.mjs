import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { inDesktop } from './desktop.mjs'
import { ensureElectron } from './electron.mjs'
import { runMain } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { root } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/**
 * Tries the attacks that take long, in a desktop of its own: floods of replies, every channel of the pages, state files
 * and tokens of any kind, a watch over the session bus. ATTACK_ROUNDS sets how many of each.
 * @returns {Promise<number>}
 */
async function attack() {
  await ensurePackages()
  await ensureSystemPackages('test')
  const { path } = await ensureElectron()
  await ensureBuild()
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const config = join(root, 'tests', 'attacks', 'long', 'vitest.config.ts')
  const args = ['run', '--root', root, '--config', config, '--reporter', 'verbose', ...process.argv.slice(2)]
  return inDesktop(process.execPath, [vitest, ...args], { TOKENTRAY_TEST_ELECTRON: path })
}

refuseOldNode()
await runMain(attack)
