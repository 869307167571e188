import { useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * An element that is moved to another place in the page loses the focus. This gives it back, and keeps the element
 * in sight, when the order of `names` has changed.
 */
export function useKeepPlace(list: RefObject<HTMLElement | null>, names: string): void {
  const last = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const element = list.current
    const remember = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement) last.current = target
    }
    const forget = (): void => {
      last.current = null
    }
    element?.addEventListener('focusin', remember)
    // Not `focusout`: the browser sends that too when it moves the element.
    document.addEventListener('pointerdown', forget)
    return () => {
      element?.removeEventListener('focusin', remember)
      document.removeEventListener('pointerdown', forget)
    }
  }, [list])
  useLayoutEffect(() => {
    const element = last.current
    if (element === null || !element.isConnected || document.activeElement !== document.body) return
    element.focus()
    element.scrollIntoView({ block: 'nearest' })
  }, [names])
}
