import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * A button that goes away with what it did (*Cancel*, *Try again*) takes the focus with it. This hands it to the
 * element around it, so that the keyboard stays where it was. React calls no `onBlur` for elements it removes
 * itself, which tells the two ways of losing the focus apart.
 */
export function useKeepFocus(around: RefObject<HTMLElement | null>) {
  const inside = useRef(false)
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) around.current?.focus()
  })
  return {
    onFocus: () => {
      inside.current = true
    },
    onBlur: () => {
      inside.current = false
    },
  }
}
