/**
 * Drives everything on the page that shows time with one timer. It ticks on the whole seconds of the countdowns and
 * pauses while the page is hidden. It returns the time of the last tick, so that all components show the same second.
 */
export interface Clock {
  /** Returns the time of the last tick, epoch ms. */
  now: () => number
  /** Returns the current time, epoch ms. */
  exact: () => number
  /** Returns this machine's `Date.getTimezoneOffset()`. */
  zone: () => number
  subscribe: (listener: () => void) => () => void
  /** Moves the ticks to whole seconds before and after a moment, epoch ms. */
  align: (moment: number) => void
}

export interface ClockSource {
  read: () => number
  zone: () => number
  /** Calls back once after `ms`; the returned function cancels it. */
  later: (ms: number, callback: () => void) => () => void
  hidden: () => boolean
  onVisibility: (callback: () => void) => void
}

const SECOND = 1000
// Added because a timer may fire early, which would show the old second and tick again at once.
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
