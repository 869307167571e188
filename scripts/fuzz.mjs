import { join } from 'node:path'
import { runMain } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { root, run } from './processes.mjs'

const RUNS = '100000'

/**
 * Gives every parser of outside text far more inputs than `npm test` does. FUZZ_RUNS sets their number.
 * @returns {Promise<number>}
 */
async function fuzz() {
  await ensurePackages()
  process.env['FUZZ_RUNS'] ??= RUNS
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const options = ['--project', 'unit', '--reporter', 'verbose', ...process.argv.slice(2)]
  return run(process.execPath, [vitest, 'run', 'fuzz.test.ts', ...options], { cwd: root })
}

refuseOldNode()
await runMain(fuzz)
