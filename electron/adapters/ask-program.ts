import { execFile } from 'node:child_process'

/** Programs that are asked here answer at once or not at all, ms. */
const ANSWER_MS = 2_000

export interface Answer {
  readonly succeeded: boolean
  readonly stdout: string
  readonly stderr: string
}

/** Runs one of the system's programs for what it prints; null where there is no such program. */
export function askProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Answer | null> {
  return new Promise((resolve) => {
    // Its words are looked at, so they have to be English.
    const options = { timeout: ANSWER_MS, killSignal: 'SIGKILL', env: { ...env, LC_ALL: 'C' } } as const
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') resolve(null)
      else resolve({ succeeded: error === null, stdout, stderr })
    })
  })
}
