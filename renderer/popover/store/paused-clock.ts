import type { Clock } from '../../shared/clock.ts'

/** A clock that can be read and never ticks, for what nobody sees. */
export const pausedClock = (clock: Clock): Clock => ({ ...clock, subscribe: () => () => undefined })
