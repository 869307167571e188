import { useEffect } from 'react'
import type { RefObject } from 'react'

/** Returns whether the focus is on nothing or on a control of the same card. */
function isFree(input: HTMLElement): boolean {
  const { activeElement, body } = document
  return (
    activeElement === null || activeElement === body || input.closest('li')?.contains(activeElement) === true
  )
}

/**
 * Focuses an input or a button when it appears, or when the window next gets the focus. Never takes the focus while
 * the user works in another window or on another card.
 */
export function useTakeFocus(input: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const takeFocus = (): void => {
      if (input.current !== null && document.hasFocus() && isFree(input.current)) input.current.focus()
    }
    takeFocus()
    window.addEventListener('focus', takeFocus)
    return () => {
      window.removeEventListener('focus', takeFocus)
    }
  }, [input])
}
