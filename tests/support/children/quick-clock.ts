import type { Clock } from '../../../electron/core/ports.ts'

/** The system's clock with shorter waits: what is tested is the order of things, not the time they take. */
export const quickClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms / 25)
    return () => {
      clearTimeout(timer)
    }
  },
}
