import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, win32 } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atEnd, handSignalsTo, listenForSignals } from './cleanup.mjs'
import { reasonOf, SetupProblem } from './messages.mjs'

/** The checkout, whatever folder the script was started from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @returns {number} the exit code a shell would report
 */
export function exitCodeOf(code, signal) {
  return code ?? (signal ? 128 + constants.signals[signal] : 1)
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
function ending(child) {
  const forget = atEnd(() => child.kill())
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)))
  }).finally(forget)
}

/**
 * Runs a step of ours in the checkout with its output on ours, and resolves with its exit code. A signal to
 * us ends both.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  listenForSignals()
  return ending(spawn(command, args, { cwd: root, stdio: 'inherit', ...options }))
}

/**
 * Runs the command that all was prepared for: a signal to us goes to it, and it decides how to end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function standInFor(command, args, options = {}) {
  listenForSignals()
  const child = spawn(command, args, { stdio: 'inherit', ...options })
  handSignalsTo((signal) => child.kill(signal))
  return ending(child)
    .catch((error) => {
      throw new SetupProblem(`${command} can't be started: ${reasonOf(error)}`)
    })
    .finally(() => handSignalsTo(undefined))
}

/** For what is told elsewhere, and unheard would end the process. */
export function ignore() {
  return undefined
}

/**
 * Runs a command and keeps what it wrote on stdout. A command that is not there answers 127, as in a shell.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { input?: string }} [options]
 * @returns {Promise<{ code: number, stdout: string }>}
 */
export function capture(command, args, { input, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['pipe', 'pipe', 'ignore'], ...options })
    let stdout = ''
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text))
    // A child that ends without reading its input closes the pipe; its exit code tells the story.
    child.stdin?.on('error', ignore)
    child.stdin?.end(input ?? '')
    child.once('error', () => resolve({ code: 127, stdout: '' }))
    child.once('close', (code, signal) => resolve({ code: exitCodeOf(code, signal), stdout }))
  })
}

/**
 * Runs the npm that started us, or else the one on the PATH.
 *
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function npm(args, options = {}) {
  const cli = npmCli(process.env, process.platform, process.execPath, existsSync)
  return cli ? run(process.execPath, [cli, ...args], options) : run('npm', args, options)
}

/**
 * npm's own program in JavaScript. On Windows `npm` is a batch file, which only a shell may start, and which takes
 * arguments with spaces apart; npm comes with Node there and lies beside it.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @param {string} node
 * @param {(file: string) => boolean} isThere
 * @returns {string | undefined} undefined where the one on the PATH will do
 */
export function npmCli(env, platform, node, isThere) {
  const started = env['npm_execpath']
  if (started && /[\\/]npm-cli\.js$/.test(started)) return started
  if (platform !== 'win32') return undefined
  const beside = win32.join(win32.dirname(node), 'node_modules', 'npm', 'bin', 'npm-cli.js')
  if (isThere(beside)) return beside
  throw new SetupProblem(`npm is not beside ${node}. Run this by npm, as in: npm start`)
}
