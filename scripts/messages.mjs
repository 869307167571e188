/** A problem the reader can do something about: shown as its sentence alone, without a stack. */
export class SetupProblem extends Error {}

/**
 * Progress goes to stderr: some of these scripts answer on stdout.
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * @param {unknown} error
 * @returns {string}
 */
export function reasonOf(error) {
  return error instanceof Error ? error.message : String(error)
}

/**
 * A signal to npm ends npm and the shell between us, but never comes here: that our parent is gone is the
 * sign, and counts as the signal.
 */
function endWithNpm() {
  if (!process.env['npm_lifecycle_event']) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 1000)
  timer.unref()
}

/**
 * Runs a script's main function: its number is the exit code, a SetupProblem is 1 with its sentence.
 *
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  endWithNpm()
  try {
    process.exitCode = await main()
  } catch (error) {
    say(error instanceof SetupProblem ? error.message : String(error instanceof Error ? error.stack : error))
    process.exitCode = 1
  }
}
