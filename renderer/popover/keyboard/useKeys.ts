import { useEffect } from 'react'
import type { handleKey as HandleKey, KeysDeps } from './handle-key.ts'

/** What keys mean is fetched with the first of them. */
let handleKey: typeof HandleKey | null = null

async function fetchHandler(): Promise<typeof HandleKey> {
  const fetched = await import('./handle-key.ts')
  handleKey = fetched.handleKey
  return handleKey
}

/**
 * Arrows between accounts, Enter copies the token, C the code, L logs in, Alt with an arrow moves the account,
 * a slash searches, Esc hides.
 */
export function useKeys(parts: KeysDeps): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      if (handleKey !== null) handleKey(event, parts)
      else
        void fetchHandler().then((handle) => {
          handle(event, parts)
        })
    }
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('keydown', onKey)
    }
  }, [parts])
}
