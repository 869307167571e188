import type { Clock } from '../../../electron/core/ports.ts'

/** The system's clock with shorter waits, because the tests are about order and not duration. */
export const quickClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms / 25)
    return () => {
      clearTimeout(timer)
    }
  },
}
