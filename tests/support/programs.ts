import { execFile } from 'node:child_process'

/**
 * Runs one of the desktop's own programs and returns what it wrote on stdout; null when it ended badly, as most of
 * them do when there is nothing to tell.
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
