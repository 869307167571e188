import { mkdirSync, openSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atEnd, temporaryFolder } from './cleanup.mjs'
import { startBus, startKeyring, startScreen, startWindowManager } from './desktop-parts.mjs'
import { ensureElectron } from './electron.mjs'
import { reasonOf, runMain, SetupProblem } from './messages.mjs'
import { standInFor } from './processes.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

/** Variables that would lead back to the user's own desktop. */
const FOREIGN = new Set([
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XDG_CURRENT_DESKTOP',
  'XDG_SESSION_DESKTOP',
  'XDG_SESSION_ID',
  'DESKTOP_SESSION',
  'SESSION_MANAGER',
  'GNOME_KEYRING_CONTROL',
  'ELECTRON_OZONE_PLATFORM_HINT',
  'ELECTRON_RUN_AS_NODE',
])

/** @typedef {import('./desktop-parts.mjs').Session} Session */

/**
 * Returns the environment in which the desktop's parts write only into the session's folder.
 * XDG_CACHE_HOME stays, because its contents (fonts, Electron) are no secret and expensive to download
 * again.
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv}
 */
function privateEnvironment(folder) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.has(name)))
  const places = {
    XDG_RUNTIME_DIR: 'run',
    XDG_DATA_HOME: 'data',
    XDG_CONFIG_HOME: 'config',
    XDG_STATE_HOME: 'state',
  }
  for (const [name, place] of Object.entries(places)) {
    env[name] = join(folder, place)
    mkdirSync(join(folder, place), { mode: 0o700 })
  }
  return { ...env, XDG_SESSION_TYPE: 'x11', XAUTHORITY: join(folder, 'xauthority') }
}

/**
 * Ends the processes that the command left behind: those with this session's folder in their environment.
 * @param {string} folder
 */
function endStrays(folder) {
  const mark = `XDG_RUNTIME_DIR=${join(folder, 'run')}\0`
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // The process has ended meanwhile or belongs to another user.
    }
  }
}

/**
 * Starts a part of the desktop, and names the part in an error.
 * @template T
 * @param {string} part
 * @param {Session} session
 * @param {(session: Session) => Promise<T>} start
 * @returns {Promise<T>}
 */
async function started(part, session, start) {
  try {
    return await start(session)
  } catch (error) {
    const log = readFileSync(join(session.folder, 'log'), 'utf8').trim().split('\n').slice(-10).join('\n')
    throw new SetupProblem(`The private desktop's ${part} did not start: ${reasonOf(error)}\n${log}`)
  }
}

/**
 * Runs a command in a desktop of its own (screen, session bus, window manager, open keyring) and removes the
 * desktop afterwards. Resolves with the command's exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [extraEnv]
 * @param {{ hasScreen?: boolean }} [options] without a screen there is no window manager either
 * @returns {Promise<number>}
 */
export async function inDesktop(command, args, extraEnv = {}, { hasScreen = true } = {}) {
  const { path: folder, remove } = temporaryFolder(join(tmpdir(), 'tokentray-desktop-'))
  const env = { ...privateEnvironment(folder), ...extraEnv }
  /** @type {Session} */
  const session = { folder, env, log: openSync(join(folder, 'log'), 'a'), ends: [remove] }
  try {
    if (hasScreen) env['DISPLAY'] = await started('screen', session, startScreen)
    session.ends.push(atEnd(() => endStrays(folder)))
    env['DBUS_SESSION_BUS_ADDRESS'] = await started('session bus', session, startBus)
    await Promise.all([
      hasScreen && started('window manager', session, startWindowManager),
      started('keyring', session, startKeyring),
    ])
    return await standInFor(command, args, { env })
  } finally {
    for (const end of session.ends.reverse()) end()
  }
}

const WITHOUT_SCREEN = '--no-screen'

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    const words = process.argv.slice(2)
    const hasScreen = words[0] !== WITHOUT_SCREEN
    if (!hasScreen) words.shift()
    const [command, ...args] = words[0] === '--' ? words.slice(1) : words
    if (!command)
      throw new SetupProblem(`Usage: node scripts/desktop.mjs [${WITHOUT_SCREEN}] -- COMMAND ARGS…`)
    await ensureSystemPackages('test')
    // Without a screen no test may start Electron, so its tests are not told where it is.
    const given = process.env['TOKENTRAY_TEST_ELECTRON']
    const path = hasScreen ? (given ?? (await ensureElectron()).path) : undefined
    return inDesktop(command, args, { TOKENTRAY_TEST_ELECTRON: path }, { hasScreen })
  })
}
