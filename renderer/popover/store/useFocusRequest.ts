import { useEffect, useEffectEvent } from 'react'
import type { View } from './store.ts'

/** Focuses the account that a notification or the tray menu points to. */
export function useFocusRequest(request: View['focusRequest'], goTo: (name: string) => void): void {
  const onRequest = useEffectEvent(goTo)
  useEffect(() => {
    if (request !== null) onRequest(request.name)
  }, [request])
}
