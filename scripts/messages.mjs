/** Reports a problem that the reader can solve. It is printed as a sentence, without a stack. */
export class SetupProblem extends Error {}

/**
 * Prints progress on stderr, because some scripts print their result on stdout.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Returns the message of any thrown value.
 * @param {unknown} error
 * @returns {string}
 */
export function reasonOf(error) {
  return error instanceof Error ? error.message : String(error)
}

/**
 * Ends this process together with npm. A signal to npm ends npm and the shell between, but does not reach
 * this
 * process. The missing parent is the sign, and counts as the signal.
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
 * Runs a script's main function. Its number becomes the exit code; a SetupProblem becomes 1 and its
 * sentence.
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
