import { execFile } from 'node:child_process'

/** How long a program may take; those used here answer at once or not at all, ms. */
const ANSWER_MS = 2_000

export interface ProgramOutput {
  readonly succeeded: boolean
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program of the system and returns what it prints; null when it is not installed. */
export function runProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<ProgramOutput | null> {
  return new Promise((resolve) => {
    // English, because callers match words of the output.
    const options = { timeout: ANSWER_MS, killSignal: 'SIGKILL', env: { ...env, LC_ALL: 'C' } } as const
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') resolve(null)
      else resolve({ succeeded: error === null, stdout, stderr })
    })
  })
}
