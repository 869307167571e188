import { useEffect, useEffectEvent } from 'react'

/** Calls back when the window is hidden. */
export function useWhenHidden(callback: () => void): void {
  const onHidden = useEffectEvent(callback)
  useEffect(() => {
    const look = (): void => {
      if (document.hidden) onHidden()
    }
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
}
