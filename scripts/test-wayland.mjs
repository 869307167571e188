import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { inDesktop } from './desktop.mjs'
import { ensureElectron } from './electron.mjs'
import { runMain } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { root } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/** Runs the desktop tests that need a Wayland compositor without a screen: `npm run test:wayland`. */
refuseOldNode()
await runMain(async () => {
  process.chdir(root)
  await ensurePackages()
  await ensureSystemPackages('test')
  const electron = await ensureElectron()
  await ensureBuild()
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  return inDesktop(process.execPath, [vitest, 'run', '--project', 'desktop', 'wayland'], {
    TOKENTRAY_TEST_ELECTRON: electron.path,
  })
})
