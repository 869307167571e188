import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * @typedef {object} Report what vitest's JSON reporter writes, as far as it is read here
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: unknown[] }[]} testResults
 */

/** @type {Count} */
const NOTHING = { passed: 0, failed: 0, skipped: 0 }

/**
 * @param {Report} report
 * @returns {Count}
 */
export function countIn(report) {
  // A file that can't even be loaded holds no test that could fail, but must not go unnoticed.
  const unloaded = report.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * @param {string} file
 * @returns {Count} nothing at all when vitest ended before it wrote its report
 */
export function countFrom(file) {
  try {
    return countIn(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return NOTHING
  }
}

/**
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function sum(counts) {
  const add = (/** @type {Count} */ a, /** @type {Count} */ b) => ({
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  })
  return counts.reduce(add, NOTHING)
}
