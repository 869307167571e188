import { useEffect, useEffectEvent } from 'react'
import type { View } from './store.ts'

/** Focuses the account that a notification or the tray menu points to. */
export function useWanted(wanted: View['wanted'], goTo: (name: string) => void): void {
  const onWanted = useEffectEvent(goTo)
  useEffect(() => {
    if (wanted !== null) onWanted(wanted.name)
  }, [wanted])
}
