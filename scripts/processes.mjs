import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, win32 } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atEnd, handSignalsTo, listenForSignals } from './cleanup.mjs'
import { reasonOf, SetupProblem } from './messages.mjs'

/** The path of the checkout, independent of the current folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Returns the exit code that a shell would report.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @returns {number} the exit code a shell would report
 */
export function exitCodeOf(code, signal) {
  return code ?? (signal ? 128 + constants.signals[signal] : 1)
}

/**
 * Resolves with the exit code of a child.
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
 * Runs a step in the checkout with shared output, and resolves with its exit code. A signal to this process
 * ends
 * both.
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
 * Runs a step in the checkout, and keeps its output. A signal to this process ends both.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, output: string }>} `output` is stdout and stderr, as they came
 */
export async function runQuietly(command, args) {
  listenForSignals()
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  }
  return { code: await ending(child), output }
}

/**
 * Runs the main command of a script. A signal to this process goes to the command, which decides how to
 * end.
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

/** Ignores an event that other code reports and that would end the process without a listener. */
export function ignore() {
  return undefined
}

/**
 * Runs a command and keeps its stdout. A missing command returns 127, as in a shell.
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
    // A child that ends without reading its input closes the pipe; its exit code reports the cause.
    child.stdin?.on('error', ignore)
    child.stdin?.end(input ?? '')
    child.once('error', () => resolve({ code: 127, stdout: '' }))
    child.once('close', (code, signal) => resolve({ code: exitCodeOf(code, signal), stdout }))
  })
}

/**
 * Runs the npm that started this process, or else the npm on the PATH.
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function npm(args, options = {}) {
  const cli = npmCli(process.env, process.platform, process.execPath, existsSync)
  return cli ? run(process.execPath, [cli, ...args], options) : run('npm', args, options)
}

/**
 * Runs npm and returns its stdout. Throws SetupProblem when it fails.
 * @param {readonly string[]} args
 * @param {string} [cwd] the checkout by default
 * @returns {Promise<string>}
 */
export async function npmOutput(args, cwd = root) {
  const cli = npmCli(process.env, process.platform, process.execPath, existsSync)
  const { code, stdout } = cli
    ? await capture(process.execPath, [cli, ...args], { cwd })
    : await capture('npm', args, { cwd })
  if (code !== 0) throw new SetupProblem(`npm ${args[0]} failed with ${code}.`)
  return stdout
}

/**
 * Finds npm's own program in JavaScript. On Windows `npm` is a batch file, which only a shell may start and
 * which
 * splits arguments at spaces. There npm comes with Node and lies beside it.
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
