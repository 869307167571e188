import { expect, test } from 'vitest'
import { simulate } from './mornings.ts'

test.each([1, 6])('sixty mornings with seed %i breaks no rule', { timeout: 120_000 }, async (seed) => {
  const { counts, violation } = await simulate(60, seed)
  expect(violation).toBe(null)
  // Guards against a run in which nothing happens.
  expect(counts.mornings).toBe(60)
  for (const count of [counts.logins, counts.kept, counts.kills, counts.cancelled, counts.userActions]) {
    expect(count).toBeGreaterThan(20)
  }
  for (const count of [
    counts.goneMornings,
    counts.fallbackLogins,
    counts.addressBoundProbes,
    counts.twoEntryLogins,
  ]) {
    expect(count).toBeGreaterThan(10)
  }
  expect(counts.failures.size).toBeGreaterThan(5)
})

test('the same seed gives the same mornings', { timeout: 120_000 }, async () => {
  const lived = await simulate(5, 4)
  expect(await simulate(5, 4)).toEqual(lived)
  expect(await simulate(5, 5)).not.toEqual(lived)
})
