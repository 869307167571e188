import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { temporaryFolder } from './cleanup.mjs'
import { runMain } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { root, run } from './processes.mjs'

/**
 * Builds the simulator and runs it.
 * @returns {Promise<number>}
 */
async function simulate() {
  await ensurePackages()
  const { build } = await import('vite')
  const folder = temporaryFolder(join(tmpdir(), 'tokentray-simulator-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    build: {
      ssr: 'simulator/main.ts',
      emptyOutDir: true,
      outDir: folder.path,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'simulate.mjs' } },
    },
    ssr: { noExternal: true },
  })
  const exitCode = await run(process.execPath, [join(folder.path, 'simulate.mjs'), ...process.argv.slice(2)])
  folder.remove()
  return exitCode
}

refuseOldNode()
await runMain(simulate)
