import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { run } from './processes.mjs'

const RELEASES = 'https://github.com/electron/electron/releases/download'
const REACH_TIMEOUT_MS = 4_000
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} names
 */
function anySet(env, names) {
  return names.some((name) => env[name] || env[name.toLowerCase()] || env[name.toUpperCase()])
}

/** @param {NodeJS.ProcessEnv} env */
function behindProxy(env) {
  return anySet(env, ['HTTPS_PROXY', 'HTTP_PROXY'])
}

/** @param {NodeJS.ProcessEnv} env */
function fromMirror(env) {
  return anySet(env, ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'npm_package_config_electron_mirror'])
}

/** @returns {string} where Electron's own downloader keeps its zip files */
function downloadCache() {
  const { env, platform } = process
  if (env['electron_config_cache']) return env['electron_config_cache']
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'electron')
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || homedir(), 'electron', 'Cache')
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'electron')
}

/**
 * @param {string} zipName
 * @returns {boolean}
 */
function downloadedBefore(zipName) {
  try {
    const folders = readdirSync(downloadCache())
    return folders.some((folder) => existsSync(join(downloadCache(), folder, zipName)))
  } catch {
    return false
  }
}

/**
 * Asks for one byte of the very file: a redirect to a blocked storage host counts as blocked.
 *
 * @param {string} url
 * @param {number} [timeoutMs]
 * @returns {Promise<boolean>}
 */
export async function canFetch(url, timeoutMs = REACH_TIMEOUT_MS) {
  try {
    const reply = await fetch(url, {
      headers: { range: 'bytes=0-0' },
      signal: AbortSignal.timeout(timeoutMs),
    })
    await reply.body?.cancel()
    return reply.ok
  } catch {
    return false
  }
}

/**
 * Has Electron's own installer fetch, check and unpack the pinned version. On Node 20 it runs although it
 * says it wants 22: it is tried rather than refused.
 *
 * @param {string} folder of the `electron` package
 * @param {string} version
 * @returns {Promise<string | undefined>} why it could not be had, or nothing
 */
export async function downloadPinned(folder, version) {
  const zipName = `electron-v${version}-${process.platform}-${process.arch}.zip`
  const { env } = process
  // Our own request would pass by a proxy and a mirror: with either set, only the installer can tell.
  const mustAsk = !behindProxy(env) && !fromMirror(env) && !downloadedBefore(zipName)
  if (mustAsk && !(await canFetch(`${RELEASES}/v${version}/${zipName}`))) return "github.com can't be reached"

  const proxy = behindProxy(env) ? { ELECTRON_GET_USE_PROXY: '1', NODE_USE_ENV_PROXY: '1' } : {}
  const code = await run(process.execPath, [join(folder, 'install.js')], {
    env: { ...env, ...proxy },
    // Its progress bar and its errors belong with ours, on stderr.
    stdio: ['ignore', process.stderr, process.stderr],
    timeout: DOWNLOAD_TIMEOUT_MS,
  })
  return code === 0 ? undefined : 'the official download failed'
}
