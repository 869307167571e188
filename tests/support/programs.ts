import { execFile } from 'node:child_process'

/**
 * Runs one of the desktop's programs and returns its stdout.
 * @returns null when the program fails, as most do when they have nothing to report
 */
export function ask(program: string, args: readonly string[], env = process.env): Promise<string | null> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
      if (error === null) resolve(stdout)
      else if (typeof error.code === 'number') resolve(null)
      else reject(new Error(`${program} could not be run`, { cause: error }))
    })
  })
}
