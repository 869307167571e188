import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { atEnd } from './cleanup.mjs'
import { exitCodeOf, root } from './processes.mjs'

/** @typedef {import('./wine-setup.mjs').Wine} Wine */
/**
 * Says how Windows programs are run: their environment, a folder for their output, and the command that runs them.
 * @typedef {{ env: NodeJS.ProcessEnv, folder: string, command?: readonly [string, ...string[]] }} WinePrograms
 */
/** @typedef {{ code: number, stdout: string, stderr: string }} Result */
/** @typedef {{ timeoutMs?: number, env?: NodeJS.ProcessEnv, input?: string, cwd?: string }} Options */

let count = 0

/**
 * Returns the Windows path of a local file.
 * @param {string} path of this computer
 */
export const windowsPath = (path) => `Z:${path.replaceAll('/', '\\')}`

/**
 * Starts a Windows program with its output in files. Windows' Node cannot write to pipes of this system,
 * and a program
 * that hangs would block the reader of a pipe.
 * @param {WinePrograms} wine
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Options} [options] `input` is a file
 */
export function startWindows(wine, program, args, { timeoutMs = 60_000, env = {}, input, cwd } = {}) {
  const [out, err] = ['out', 'err'].map((kind) => join(wine.folder, `${++count}.${kind}`))
  const files = [openSync(input ?? '/dev/null', 'r'), openSync(out ?? '', 'w'), openSync(err ?? '', 'w')]
  const [command, ...before] = wine.command ?? ['wine']
  const child = spawn(command, [...before, program, ...args], {
    env: { ...wine.env, ...env },
    stdio: files,
    cwd,
  })
  for (const file of files) closeSync(file)
  const forget = atEnd(() => child.kill('SIGKILL'))
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
  const stdout = () => readFileSync(out ?? '', 'utf8').replaceAll('\r\n', '\n')
  const stderr = () => readFileSync(err ?? '', 'utf8').replaceAll('\r\n', '\n')
  /** @type {Promise<Result>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      forget()
      resolve({ code: exitCodeOf(code, signal), stdout: stdout(), stderr: stderr() })
    })
  })
  return { stdout, stderr, ended, end: () => child.kill('SIGKILL') }
}

/**
 * Runs a Windows program until its end or its time limit.
 * @param {WinePrograms} wine
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Options} [options]
 * @returns {Promise<Result>}
 */
export function runWindows(wine, program, args, options) {
  return startWindows(wine, program, args, options).ended
}

/**
 * Starts a command of the command line under Windows' Node.
 * @param {Wine} wine
 * @param {readonly string[]} args
 * @param {Options} [options]
 */
export function startCli(wine, args, options = {}) {
  const env = { ...wine.nodeEnv, ...options.env }
  const program = ['--', windowsPath(join(root, 'dist', 'cli.js'))]
  return startWindows(wine, wine.node, [...program, ...args], { ...options, env })
}
