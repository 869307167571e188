import { useEffect } from 'react'
import type { RefObject } from 'react'

/** The keyboard is nobody's, or is on a control of the same card. */
function isFree(input: HTMLElement): boolean {
  const { activeElement, body } = document
  return (
    activeElement === null || activeElement === body || input.closest('li')?.contains(activeElement) === true
  )
}

/**
 * Gives an input or a button the keyboard when it comes up, or when the window next has it: never while the user
 * works in another window or on another card.
 */
export function useTakeFocus(input: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const take = (): void => {
      if (input.current !== null && document.hasFocus() && isFree(input.current)) input.current.focus()
    }
    take()
    window.addEventListener('focus', take)
    return () => {
      window.removeEventListener('focus', take)
    }
  }, [input])
}
