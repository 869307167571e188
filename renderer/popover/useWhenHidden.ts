import { useEffect, useEffectEvent } from 'react'

/** Calls back when the window is hidden. */
export function useWhenHidden(callback: () => void): void {
  const onHidden = useEffectEvent(callback)
  useEffect(() => {
    const onVisibilityChange = (): void => {
      if (document.hidden) onHidden()
    }
    document.addEventListener('visibilitychange', onVisibilityChange)
    return () => {
      document.removeEventListener('visibilitychange', onVisibilityChange)
    }
  }, [])
}
