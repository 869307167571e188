import { describe, expect, it } from 'vitest'
import { outcomeFrom, outcomeIn, slowest, sum } from './vitest-report.mjs'

const COUNTS = { numPassedTests: 1, numPendingTests: 2, numTodoTests: 1 }
const TIMES = { startTime: 1_000, endTime: 3_500 }
const GOOD = { status: 'passed', fullName: 'adds up', failureMessages: [] }
const BAD = { status: 'failed', fullName: 'takes away', failureMessages: ['expected 1 to be 2'] }

describe("vitest's reports", () => {
  it('are counted, and what failed is named with its reason', () => {
    const testResults = [
      { name: 'sums.test.ts', status: 'failed', ...TIMES, message: '', assertionResults: [GOOD, BAD] },
    ]
    expect(outcomeIn({ ...COUNTS, testResults })).toEqual({
      passed: 1,
      skipped: 3,
      failures: ['sums.test.ts > takes away\nexpected 1 to be 2'],
      files: [{ name: 'sums.test.ts', seconds: 2.5 }],
    })
  })

  it('hold a file that could not be loaded as one failure', () => {
    const testResults = [
      { name: 'sums.test.ts', status: 'failed', ...TIMES, message: 'no such module', assertionResults: [] },
    ]
    expect(outcomeIn({ ...COUNTS, testResults }).failures).toEqual(['sums.test.ts\nno such module'])
  })

  it('count as nothing when they were never written', () => {
    expect(outcomeFrom('/nowhere/report.json')).toEqual({ passed: 0, skipped: 0, failures: [], files: [] })
  })

  it('are summed', () => {
    const [first, second] = ['a', 'b'].map((name) => ({ name, seconds: 1 }))
    if (!first || !second) expect.unreachable()
    const one = { passed: 1, skipped: 3, failures: ['a'], files: [first] }
    const other = { passed: 2, skipped: 0, failures: ['b'], files: [second] }
    expect(sum([one, other])).toEqual({
      passed: 3,
      skipped: 3,
      failures: ['a', 'b'],
      files: [first, second],
    })
  })

  it('name the files that took longest', () => {
    const files = [2.04, 100.06, 3].map((seconds) => ({ name: `${Math.floor(seconds)}.test.ts`, seconds }))
    expect(slowest(files, 2)).toEqual(['  100.1 s  100.test.ts', '    3.0 s  3.test.ts'])
  })
})
