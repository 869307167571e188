import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isEqual } from './equal.ts'

test('agrees with Node on any two JSON values', () => {
  const json = fc.jsonValue({ maxDepth: 3 })
  fc.assert(
    fc.property(json, json, (one, other) => {
      expect(isEqual(one, other)).toBe(isDeepStrictEqual(one, other))
      expect(isEqual(one, structuredClone(one))).toBe(true)
    }),
    // JSON has one zero; JavaScript tells two apart, and so does Node.
    { numRuns: 300 },
  )
})

test.each([
  [{ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }, true],
  [{ a: undefined }, {}, false],
  [{ a: undefined }, { b: undefined }, false],
  [[], {}, false],
  [[1, 2], [2, 1], false],
  [null, {}, false],
])('%j and %j: %j', (one, other, same) => {
  expect(isEqual(one, other)).toBe(same)
})
