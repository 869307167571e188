import type { FakeClock } from './fake-clock.ts'

/** Advances the clock whenever a timer waits for exactly `ms`, until the test ends. */
export async function letPass(clock: FakeClock, ms: number): Promise<never> {
  for (;;) {
    await clock.untilWaitingFor(ms)
    clock.advance(ms)
  }
}
