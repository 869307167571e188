import { createContext, use, useSyncExternalStore } from 'react'
import type { Clock } from './clock.ts'

export const ClockContext = createContext<Clock | null>(null)

export function useClock(): Clock {
  const clock = use(ClockContext)
  if (clock === null) throw new Error('no clock above this component')
  return clock
}

/**
 * What `select` makes of the current second. The component renders again only when that changes, so a
 * minute's words cost one render a minute. `select` must return a plain value, not an object.
 */
export function useNow<T extends string | number | boolean>(select: (now: number) => T): T {
  const clock = useClock()
  const snapshot = () => select(clock.now())
  return useSyncExternalStore(clock.subscribe, snapshot, snapshot)
}
