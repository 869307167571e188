import { ensureBuild } from './build.mjs'
import { runMain, say, SetupProblem } from './messages.mjs'
import { ensurePackages } from './packages.mjs'
import { ensureSystemPackages } from './system-packages.mjs'
import { windowsMorning } from './wine-morning.mjs'
import { windowsTray } from './wine-tray.mjs'
import { endWine, prepareWine } from './wine-setup.mjs'
import { windowsUnitTests } from './wine-units.mjs'

/**
 * Tests Windows on Linux with Wine: the command line, the unit tests and the tray app. Arguments after `--`
 * select
 * `cli`, `units` (with test files) or `tray`.
 */
const [part, ...filter] = process.argv.slice(2)

await runMain(async () => {
  if (process.platform !== 'linux') throw new SetupProblem('Wine is for Linux; on Windows run: npm test')
  await ensurePackages()
  await ensureSystemPackages('wine')
  await ensureBuild()
  say('Preparing Windows …')
  const wine = await prepareWine()
  try {
    const results = []
    if (part === undefined || part === 'cli') results.push(await windowsMorning(wine))
    if (part === undefined || part === 'units') results.push(await windowsUnitTests(wine, filter))
    if (part === undefined || part === 'tray') results.push(await windowsTray(wine))
    return results.length > 0 && results.every(Boolean) ? 0 : 1
  } finally {
    await endWine(wine)
  }
})
