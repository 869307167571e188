import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/**
 * Moves the focus of a removed button (*Cancel*, *Try again*) to the element around it, so that it is not lost.
 * React calls no `onBlur` for elements that it removes, so a removal differs from an ordinary blur.
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
