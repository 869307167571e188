import { useEffect } from 'react'
import type { handleKey as HandleKey, KeysDeps } from './handle-key.ts'

/** Loaded with the first key press. */
let handleKey: typeof HandleKey | null = null

async function fetchHandler(): Promise<typeof HandleKey> {
  const fetched = await import('./handle-key.ts')
  handleKey = fetched.handleKey
  return handleKey
}

/**
 * Handles the keyboard. Arrows move between accounts; Alt with an arrow moves the account. Enter copies the token, C
 * copies the code, L logs in. A slash searches, Esc hides.
 */
export function useKeys(deps: KeysDeps): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      if (handleKey !== null) handleKey(event, deps)
      else
        void fetchHandler().then((handle) => {
          handle(event, deps)
        })
    }
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
    }
  }, [deps])
}
