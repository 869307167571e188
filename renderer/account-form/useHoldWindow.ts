import { useEffect } from 'react'

/** While there is something to lose, the window does not close; `ask` is called in its place. */
export function useHoldWindow(isHeld: boolean, ask: () => void): void {
  useEffect(() => {
    if (!isHeld) return
    const hold = (event: BeforeUnloadEvent): void => {
      event.preventDefault()
      ask()
    }
    window.addEventListener('beforeunload', hold)
    return () => {
      window.removeEventListener('beforeunload', hold)
    }
  }, [isHeld, ask])
}
