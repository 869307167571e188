import { expect } from 'vitest'
import { PATIENCE_MS, POLL_EVERY_MS } from './until.ts'

/** Polls until an assertion holds, with the patience of `until`: `await eventually(look).toBe(true)`. */
export function eventually<T>(look: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(look, { timeout: PATIENCE_MS, interval: POLL_EVERY_MS })
}
