import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { inDesktop } from './desktop.mjs'
import { unprovedElectron } from './electron-unproved.mjs'
import { runMain } from './messages.mjs'
import { refuseOldNode } from './node-version.mjs'
import { ensurePackages } from './packages.mjs'
import { root } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/**
 * Tests of what a newer Electron breaks first: windows, tray, clipboard, the keychain's native module,
 * Wayland.
 */
const SMOKE = ['tray.test', 'tray-host', 'copying', 'first-run', 'settings.test', 'account-form', 'wayland']

/** Runs desktop tests on a newer Electron of unproved origin: `npm run test:electron42 -- FILE …`. */
refuseOldNode()
await runMain(async () => {
  process.chdir(root)
  await ensurePackages()
  await ensureSystemPackages('test')
  const electron = await unprovedElectron()
  await ensureBuild()
  const wanted = process.argv.slice(2)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = [vitest, 'run', '--project', 'desktop', ...(wanted.length > 0 ? wanted : SMOKE)]
  return inDesktop(process.execPath, args, { TOKENTRAY_TEST_ELECTRON: electron })
})
