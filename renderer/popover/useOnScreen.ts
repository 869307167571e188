import { useEffect, useState } from 'react'
import type { RefObject } from 'react'

/** A little before a card comes into sight it is told, so that nobody sees it late. */
const EARLY = '120px'

type Listener = (onScreen: boolean) => void
const listeners = new WeakMap<Element, Listener>()
let observer: IntersectionObserver | null = null

function sharedObserver(): IntersectionObserver {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting)
    },
    { rootMargin: EARLY },
  )
  return observer
}

/** Whether an element can be seen, or could be with a little scrolling; `initially` until the browser has told. */
export function useOnScreen(element: RefObject<HTMLElement | null>, initially: boolean): boolean {
  const [onScreen, setOnScreen] = useState(initially)
  useEffect(() => {
    const target = element.current
    if (target === null) return
    listeners.set(target, setOnScreen)
    const observing = sharedObserver()
    observing.observe(target)
    return () => {
      observing.unobserve(target)
    }
  }, [element])
  return onScreen
}
