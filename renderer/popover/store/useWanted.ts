import { useEffect, useEffectEvent } from 'react'
import type { View } from './store.ts'

/** Goes to the account that the user is led to from outside the page. */
export function useWanted(wanted: View['wanted'], goTo: (name: string) => void): void {
  const onWanted = useEffectEvent(goTo)
  useEffect(() => {
    if (wanted !== null) onWanted(wanted.name)
  }, [wanted])
}
