import { useEffect, useEffectEvent } from 'react'

/** Keeps the window open while it holds unsaved values, and calls `ask` in place of closing it. */
export function useHoldWindow(isHeld: boolean, ask: () => void): void {
  const onHeld = useEffectEvent(ask)
  useEffect(() => {
    if (!isHeld) return
    const hold = (event: BeforeUnloadEvent): void => {
      event.preventDefault()
      onHeld()
    }
    window.addEventListener('beforeunload', hold)
    return () => {
      window.removeEventListener('beforeunload', hold)
    }
  }, [isHeld])
}
