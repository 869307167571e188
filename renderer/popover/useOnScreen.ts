import { useEffect, useState } from 'react'
import type { RefObject } from 'react'

/** How far outside the view a card already counts as visible, so that it is rendered in time. */
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

/** Returns whether an element is in view or near it; `initially` until the browser has reported it. */
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
