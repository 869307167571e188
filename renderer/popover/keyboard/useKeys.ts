import { useEffect } from 'react'
import { handleKey, type KeysDeps } from './handle-key.ts'

/**
 * Handles the keyboard. Arrows move between accounts; Alt with an arrow moves the account. Enter copies the token, C
 * copies the code, L logs in. A slash searches, Esc hides.
 */
export function useKeys(deps: KeysDeps): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented) handleKey(event, deps)
    }
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
    }
  }, [deps])
}
