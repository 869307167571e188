import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { atEnd } from './cleanup.mjs'
import { capture, ignore } from './processes.mjs'

const READY_WITHIN_MS = 60_000
const TRY_FOR_MS = 3_000
/** The password of the session's keyring, which holds only what the tests store. */
const KEYRING_PASSWORD = 'test'

/**
 * Holds a session; `ends` undoes its parts, the last one first.
 * @typedef {{ folder: string, env: NodeJS.ProcessEnv, log: number, ends: (() => void)[] }} Session
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 */

/**
 * Starts a part of the desktop that keeps running.
 * Its own process group keeps Ctrl-C from it, and setpriv ends it even if this process is killed.
 * @param {Session} session
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} [input]
 * @returns {ChildProcess}
 */
function startPart(session, command, args, input) {
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', command, ...args], {
    env: session.env,
    detached: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', session.log, session.log, 'pipe'],
  })
  // The code that waits for the part reports these errors.
  child.once('error', ignore)
  child.stdin?.on('error', ignore)
  child.stdin?.end(input)
  session.ends.push(atEnd(() => child.kill('SIGKILL')))
  return child
}

/**
 * Resolves with the line that a part writes on descriptor 3 when it is ready.
 * @param {ChildProcess} child
 * @returns {Promise<string>}
 */
function readyLine(child) {
  const pipe = /** @type {import('node:stream').Readable} */ (child.stdio[3])
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const line = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error('not ready in time')), READY_WITHIN_MS)
    let text = ''
    pipe.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
      if (text.endsWith('\n')) resolve(text.trim())
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error('it ended at once')))
  })
  return line.finally(() => clearTimeout(timer))
}

/**
 * @param {() => Promise<boolean>} isReady
 */
async function until(isReady) {
  const deadline = Date.now() + READY_WITHIN_MS
  while (!(await isReady())) {
    if (Date.now() > deadline) throw new Error('not ready in time')
    await sleep(30)
  }
}

/**
 * Restricts the screen to this session's programs. Family 0xffff means any display, because the file must
 * exist before the server has chosen its number.
 * @param {string} file
 */
function writeXAuthority(file) {
  /**
   * Returns the value with its length in front.
   * @param {Buffer} value
   */
  const counted = (value) => Buffer.concat([Buffer.from([value.length >> 8, value.length & 0xff]), value])
  const none = counted(Buffer.alloc(0))
  const family = Buffer.from([0xff, 0xff])
  const cookie = [counted(Buffer.from('MIT-MAGIC-COOKIE-1')), counted(randomBytes(16))]
  writeFileSync(file, Buffer.concat([family, none, none, ...cookie]), { mode: 0o600 })
}

/**
 * Starts an X server without a monitor.
 * @param {Session} session
 */
export async function startScreen(session) {
  const file = join(session.folder, 'xauthority')
  writeXAuthority(file)
  const screen = ['-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset', '-auth', file]
  const number = await readyLine(startPart(session, 'Xvfb', ['-displayfd', '3', ...screen]))
  // A server that chooses its own display number leaves its socket behind.
  session.ends.push(atEnd(() => rmSync(`/tmp/.X11-unix/X${number}`, { force: true })))
  return `:${number}`
}

/**
 * Starts a session bus.
 * @param {Session} session
 */
export async function startBus(session) {
  const address = `unix:path=${join(session.folder, 'run', 'bus')}`
  const bus = startPart(session, 'dbus-daemon', [
    ...['--session', '--nofork', '--nopidfile', `--address=${address}`, '--print-address=3'],
  ])
  return readyLine(bus)
}

/**
 * Starts a window manager.
 * @param {Session} session
 */
export async function startWindowManager(session) {
  startPart(session, 'openbox', ['--sm-disable'])
  await until(async () => (await capture('xdotool', ['get_num_desktops'], { env: session.env })).code === 0)
}

/**
 * Starts a keychain with an open keyring.
 * @param {Session} session
 */
export async function startKeyring(session) {
  // Runs a copy, because the installed file carries a capability that containers refuse to grant.
  const daemon = join(session.folder, 'gnome-keyring-daemon')
  copyFileSync('/usr/bin/gnome-keyring-daemon', daemon)
  const args = ['--unlock', '--foreground', '--components=secrets']
  startPart(session, daemon, args, KEYRING_PASSWORD)

  // Asks the bus itself, because a call to the name would make the bus start a second, locked keyring.
  const question = [
    '--session',
    '--print-reply=literal',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
  ]
  const hasOwner = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets']
  const options = { env: session.env, timeout: TRY_FOR_MS }
  await until(async () =>
    (await capture('dbus-send', [...question, ...hasOwner], options)).stdout.includes('true'),
  )

  // Only an item that can be read back proves the keyring open.
  const item = ['tokentray-desktop', 'ready']
  await until(async () => {
    const input = randomBytes(4).toString('hex')
    await capture('secret-tool', ['store', '--label=ready', ...item], { ...options, input })
    return (await capture('secret-tool', ['lookup', ...item], options)).stdout === input
  })
  await capture('secret-tool', ['clear', ...item], options)
}
