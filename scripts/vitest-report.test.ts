import { describe, expect, it } from 'vitest'
import { countFrom, countIn, sum } from './vitest-report.mjs'

const REPORT = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }

describe("vitest's reports", () => {
  it('are counted', () => {
    const testResults = [{ status: 'failed', assertionResults: [{}] }]
    expect(countIn({ ...REPORT, testResults })).toEqual({ passed: 3, failed: 1, skipped: 3 })
  })

  it('count a file that could not be loaded as one failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }]
    expect(countIn({ ...REPORT, testResults }).failed).toBe(2)
  })

  it('count as nothing when they were never written', () => {
    expect(countFrom('/nowhere/report.json')).toEqual({ passed: 0, failed: 0, skipped: 0 })
  })

  it('are summed', () => {
    const one = { passed: 1, failed: 2, skipped: 3 }
    expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
  })
})
