import type { Clock } from '../../shared/clock.ts'

/** Returns a clock that can be read and never ticks, for components out of view. */
export const pausedClock = (clock: Clock): Clock => ({ ...clock, subscribe: () => () => undefined })
