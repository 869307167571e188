import { describe, expect, it } from 'vitest'
import { outcomeFrom, outcomeIn, sum } from './vitest-report.mjs'

const COUNTS = { numPassedTests: 1, numPendingTests: 2, numTodoTests: 1 }
const GOOD = { status: 'passed', fullName: 'adds up', failureMessages: [] }
const BAD = { status: 'failed', fullName: 'takes away', failureMessages: ['expected 1 to be 2'] }

describe("vitest's reports", () => {
  it('are counted, and what failed is named with its reason', () => {
    const testResults = [
      { name: 'sums.test.ts', status: 'failed', message: '', assertionResults: [GOOD, BAD] },
    ]
    expect(outcomeIn({ ...COUNTS, testResults })).toEqual({
      passed: 1,
      skipped: 3,
      failures: ['sums.test.ts > takes away\nexpected 1 to be 2'],
    })
  })

  it('hold a file that could not be loaded as one failure', () => {
    const testResults = [
      { name: 'sums.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ]
    expect(outcomeIn({ ...COUNTS, testResults }).failures).toEqual(['sums.test.ts\nno such module'])
  })

  it('count as nothing when they were never written', () => {
    expect(outcomeFrom('/nowhere/report.json')).toEqual({ passed: 0, skipped: 0, failures: [] })
  })

  it('are summed', () => {
    const one = { passed: 1, skipped: 3, failures: ['a'] }
    const other = { passed: 2, skipped: 0, failures: ['b'] }
    expect(sum([one, other])).toEqual({ passed: 3, skipped: 3, failures: ['a', 'b'] })
  })
})
