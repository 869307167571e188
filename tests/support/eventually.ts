import { expect } from 'vitest'

/** Far longer than anything here takes: a test that fails for lack of time tells nothing. */
const PATIENCE_MS = 60_000

/** Like `expect.poll`, with the patience that a slow machine needs: `await eventually(look).toBe(true)`. */
export function eventually<T>(look: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(look, { timeout: PATIENCE_MS, interval: 50 })
}
