import { readFileSync } from 'node:fs'

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} skipped
 * @property {readonly string[]} failures one text each: where it stands, and what it said
 * @property {readonly { name: string, seconds: number }[]} files how long each took
 */

/**
 * @typedef {object} Assertion
 * @property {string} status
 * @property {string} fullName
 * @property {readonly string[]} [failureMessages]
 */

/**
 * @typedef {object} TestFile
 * @property {string} name
 * @property {string} status
 * @property {number} startTime epoch ms
 * @property {number} endTime
 * @property {string} [message] why it could not be loaded
 * @property {readonly Assertion[]} assertionResults
 */

/**
 * @typedef {object} Report what vitest's JSON reporter writes, as far as it is read here
 * @property {number} numPassedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly TestFile[]} testResults
 */

/** @type {Outcome} */
const NOTHING = { passed: 0, skipped: 0, failures: [], files: [] }

/**
 * Returns the failures of a test file.
 * @param {TestFile} file
 * @returns {string[]}
 */
function failuresIn({ name, status, message = '', assertionResults }) {
  // A file that fails to load holds no failing test, but must be reported.
  if (status === 'failed' && assertionResults.length === 0) return [`${name}\n${message}`]
  const failed = assertionResults.filter((test) => test.status === 'failed')
  return failed.map(
    ({ fullName, failureMessages = [] }) => `${name} > ${fullName}\n${failureMessages.join('\n')}`,
  )
}

/**
 * Sums up a report.
 * @param {Report} report
 * @returns {Outcome}
 */
export function outcomeIn(report) {
  return {
    passed: report.numPassedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(failuresIn),
    files: report.testResults.map(({ name, startTime, endTime }) => ({
      name,
      seconds: (endTime - startTime) / 1000,
    })),
  }
}

/**
 * Reads the outcome from a report file.
 * @param {string} file
 * @returns {Outcome} nothing at all when vitest ended before it wrote its report
 */
export function outcomeFrom(file) {
  try {
    return outcomeIn(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return NOTHING
  }
}

/**
 * Adds outcomes up.
 * @param {readonly Outcome[]} outcomes
 * @returns {Outcome}
 */
export function sum(outcomes) {
  const add = (/** @type {Outcome} */ a, /** @type {Outcome} */ b) => ({
    passed: a.passed + b.passed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
    files: [...a.files, ...b.files],
  })
  return outcomes.reduce(add, NOTHING)
}

/**
 * Returns a line for each of the files that took longest, the longest first.
 * @param {Outcome['files']} files
 * @param {number} count
 */
export function slowest(files, count) {
  return files
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`)
}
