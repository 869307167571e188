/**
 * The page's one timer. It ticks on the whole seconds of the countdowns, stands still while the page is
 * hidden, and hands out the time of the last tick, so that everything on the page shows the same second.
 */
export interface Clock {
  /** The time of the last tick, epoch ms. */
  now: () => number
  /** The time to the millisecond. */
  exact: () => number
  /** `Date.getTimezoneOffset()` of this machine. */
  zone: () => number
  subscribe: (listener: () => void) => () => void
  /** From now on ticks come a whole number of seconds before or after this moment. */
  align: (moment: number) => void
}

export interface ClockSource {
  read: () => number
  zone: () => number
  /** Calls back once after so many ms; the function returned stops it. */
  later: (ms: number, callback: () => void) => () => void
  hidden: () => boolean
  onVisibility: (callback: () => void) => void
}

const SECOND = 1000
// A timer may fire a little early; without this the tick would show the old second and follow itself at once.
const EARLY_MS = 20

export function createClock(source: ClockSource): Clock {
  const listeners = new Set<() => void>()
  let phase = 0
  let current = 0
  let stop: (() => void) | null = null

  const tickBefore = (moment: number): number => {
    const past = (((moment - phase) % SECOND) + SECOND) % SECOND
    return moment - past
  }
  const catchUp = (): void => {
    current = tickBefore(source.read() + EARLY_MS)
  }
  const pause = (): void => {
    stop?.()
    stop = null
  }
  const schedule = (): void => {
    pause()
    if (listeners.size === 0 || source.hidden()) return
    stop = source.later(Math.max(1, current + SECOND - source.read()), tick)
  }
  const tick = (): void => {
    catchUp()
    schedule()
    for (const listener of listeners) listener()
  }

  source.onVisibility(() => {
    if (source.hidden()) pause()
    else tick()
  })
  catchUp()

  return {
    now: () => {
      if (listeners.size === 0) catchUp()
      return current
    },
    exact: source.read,
    zone: source.zone,
    subscribe: (listener) => {
      listeners.add(listener)
      if (listeners.size === 1) {
        catchUp()
        schedule()
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) pause()
      }
    },
    align: (moment) => {
      const wanted = ((moment % SECOND) + SECOND) % SECOND
      if (wanted === phase) return
      phase = wanted
      if (!source.hidden()) tick()
    },
  }
}

export function pageClockSource(): ClockSource {
  return {
    read: () => Date.now(),
    zone: () => new Date().getTimezoneOffset(),
    later: (ms, callback) => {
      const timer = setTimeout(callback, ms)
      return () => {
        clearTimeout(timer)
      }
    },
    hidden: () => document.hidden,
    onVisibility: (callback) => {
      document.addEventListener('visibilitychange', callback)
    },
  }
}
