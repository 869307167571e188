import { expect, type ExpectStatic } from 'vitest'
import { PATIENCE_MS, POLL_EVERY_MS } from './until.ts'

/**
 * Polls until an assertion holds, with the patience of `until`: `await eventually(look).toBe(true)`.
 * @param its the `expect` of the test itself, which a test among concurrent ones has to give
 */
export function eventually<T>(look: () => T, its: ExpectStatic = expect): ReturnType<typeof expect.poll<T>> {
  return its.poll(look, { timeout: PATIENCE_MS, interval: POLL_EVERY_MS })
}
