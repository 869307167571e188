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

/**
 * Tells whether requests go through a proxy.
 * @param {NodeJS.ProcessEnv} env
 */
function behindProxy(env) {
  return anySet(env, ['HTTPS_PROXY', 'HTTP_PROXY'])
}

/**
 * Tells whether Electron comes from a mirror.
 * @param {NodeJS.ProcessEnv} env
 */
function fromMirror(env) {
  return anySet(env, ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'npm_package_config_electron_mirror'])
}

/**
 * Returns the folder of zip files of Electron's own downloader.
 * @returns {string}
 */
function downloadCache() {
  const { env, platform } = process
  if (env['electron_config_cache']) return env['electron_config_cache']
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'electron')
  if (platform === 'win32') return join(env['LOCALAPPDATA'] || homedir(), 'electron', 'Cache')
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'electron')
}

/**
 * Tells whether Electron's downloader has the zip file already.
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
 * Requests one byte of the file itself, so that a redirect to a blocked storage host counts as blocked.
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
 * Runs Electron's own installer, which downloads, checks and unpacks the pinned version.
 * It asks for Node 22 but also works on Node 20, so it is tried there too.
 * @param {string} folder of the `electron` package
 * @param {string} version
 * @returns {Promise<string | undefined>} why it could not be had, or nothing
 */
export async function downloadPinned(folder, version) {
  const zipName = `electron-v${version}-${process.platform}-${process.arch}.zip`
  const { env } = process
  // This script's own request bypasses proxies and mirrors, so with either set only the installer can tell.
  const mustAsk = !behindProxy(env) && !fromMirror(env) && !downloadedBefore(zipName)
  if (mustAsk && !(await canFetch(`${RELEASES}/v${version}/${zipName}`))) return "github.com can't be reached"

  const proxy = behindProxy(env) ? { ELECTRON_GET_USE_PROXY: '1', NODE_USE_ENV_PROXY: '1' } : {}
  const code = await run(process.execPath, [join(folder, 'install.js')], {
    env: { ...env, ...proxy },
    // The installer's progress bar and errors belong on stderr, as this script's do.
    stdio: ['ignore', process.stderr, process.stderr],
    timeout: DOWNLOAD_TIMEOUT_MS,
  })
  return code === 0 ? undefined : 'the official download failed'
}
