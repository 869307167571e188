import { createContext, use, useSyncExternalStore } from 'react'
import type { Clock } from './clock.ts'

export const ClockContext = createContext<Clock | null>(null)

export function useClock(): Clock {
  const clock = use(ClockContext)
  if (clock === null) throw new Error('no clock above this component')
  return clock
}

/**
 * Returns `select` of the current second. The component renders again only when the result changes, so a text with
 * minutes costs one render a minute. `select` must return a plain value, because objects are never equal.
 */
export function useNow<T extends string | number | boolean>(select: (now: number) => T): T {
  const clock = useClock()
  const snapshot = () => select(clock.now())
  return useSyncExternalStore(clock.subscribe, snapshot, snapshot)
}
