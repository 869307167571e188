import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** The most of the list that shows without scrolling, so that the window fits on a laptop's screen, CSS pixels. */
const MOST_CONTENT = 520

/**
 * Reports the height that the page wants whenever it changes: header, footer and the content between them, up to a
 * laptop's screen.
 * @param content the scrolled content, inside the element that scrolls
 * @param hold while true nothing is reported, so that the window does not jump while the user types
 * @param shrinks whether a lower height counts, which it does not where a card unfolds and folds with each arrow
 */
export function useFit(
  content: RefObject<HTMLElement | null>,
  fit: (height: number) => void,
  hold: boolean,
  shrinks = true,
): void {
  const reported = useRef(0)
  useLayoutEffect(() => {
    const element = content.current
    if (element === null || hold) return
    const report = (): void => {
      const height = Math.ceil(frameHeight(element) + Math.min(element.offsetHeight, MOST_CONTENT))
      if (height === reported.current || (!shrinks && height < reported.current)) return
      reported.current = height
      fit(height)
    }
    report()
    const observer = new ResizeObserver(report)
    observer.observe(element)
    // The scrolling element shrinks when header or footer grow.
    if (element.parentElement !== null) observer.observe(element.parentElement)
    return () => {
      observer.disconnect()
    }
  }, [content, fit, hold, shrinks])
}

/** Returns the height of everything on the page that does not scroll, CSS pixels. */
function frameHeight(content: HTMLElement): number {
  const scroller = content.parentElement
  const page = scroller?.parentElement
  return (page?.offsetHeight ?? 0) - (scroller?.offsetHeight ?? 0)
}
