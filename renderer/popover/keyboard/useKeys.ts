import { useEffect } from 'react'
import { handleKey, type KeysDeps } from './handle-key.ts'

/**
 * Handles the keyboard. Arrows move between accounts; Alt with an arrow moves the account. Letters search. Enter copies
 * the token and hides the popover, Shift+Enter only copies, Ctrl with a digit copies the token of that account. Ctrl+C
 * copies the code, Ctrl+L logs in. Esc ends the search, then hides.
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
