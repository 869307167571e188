import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import { isatty } from 'node:tty'
import { windowsStart } from './batch-file.ts'
import type { Io } from './terminal.ts'
import { errorCode } from '../../core/errors.ts'

/** Exit codes as shells define them: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
const NOT_FOUND = 127
const NOT_EXECUTABLE = 126
const BY_SIGNAL = 128

/** Returns whether a command can be found; on Windows, where the search is another one, it always seems so. */
export function isFound(file: string, env: NodeJS.ProcessEnv): boolean {
  if (process.platform === 'win32') return true
  if (file.includes('/')) return existsSync(file)
  return (env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, file)))
}

/** Reports a command that is not found, as a shell does. */
export function reportNotFound(file: string, io: Pick<Io, 'stderr'>): number {
  io.stderr(`“${file}” was not found.`)
  return NOT_FOUND
}

/**
 * Runs a command on this terminal, forwards signals to it, and resolves with the exit code that a shell would give.
 * @param env its whole environment
 * @throws LoginError `cancelled` when cancelled before, InputError for what Windows can't pass to a batch file
 */
export async function runChild(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  io: Io,
): Promise<number> {
  io.signal.throwIfAborted()
  const isWindows = process.platform === 'win32'
  const start = isWindows ? windowsStart(file, args, env, existsSync) : { file, args, verbatim: false }
  try {
    const child = spawn(start.file, start.args, {
      env,
      stdio: 'inherit',
      windowsVerbatimArguments: start.verbatim,
    })
    // On a terminal Ctrl-C already reaches the command, and many take a second one as an order to stop at once.
    const hasTerminal = [0, 1, 2].some((fd) => isatty(fd))
    // Never undone, so that a signal after the command's end does not change this exit code.
    io.divertSignals((signal) => {
      // Windows has no signals to forward: Ctrl-C and a closed console reach every process on it.
      if ((signal !== 'SIGINT' || !hasTerminal) && !isWindows) child.kill(signal)
    })
    return await endOf(child)
  } catch (error) {
    const code = errorCode(error) ?? 'unknown error'
    if (code === 'ENOENT') return reportNotFound(file, io)
    io.stderr(`“${file}” could not be run (${code}).`)
    return NOT_EXECUTABLE
  }
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      resolve(signal === null ? (code ?? 0) : BY_SIGNAL + constants.signals[signal])
    })
  })
}
