import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** The most cards that the window shows without scrolling. */
const CARDS_SHOWN = 8
/** How much of the next card shows, so that the user sees that the list continues, CSS pixels. */
const PEEK = 28

/**
 * Reports the height that the page wants whenever it changes: header, footer and the content between them, up to
 * eight cards.
 * @param content the scrolled content, inside the element that scrolls
 * @param hold while true nothing is reported, so that the window does not jump while the user types
 */
export function useFit(
  content: RefObject<HTMLElement | null>,
  fit: (height: number) => void,
  hold: boolean,
): void {
  const reported = useRef(0)
  useLayoutEffect(() => {
    const element = content.current
    if (element === null || hold) return
    const report = (): void => {
      const height = Math.ceil(frameHeight(element) + contentHeight(element))
      if (height === reported.current) return
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
  }, [content, fit, hold])
}

/** Returns the height of everything on the page that does not scroll, CSS pixels. */
function frameHeight(content: HTMLElement): number {
  const scroller = content.parentElement
  const page = scroller?.parentElement
  return (page?.offsetHeight ?? 0) - (scroller?.offsetHeight ?? 0)
}

function contentHeight(content: HTMLElement): number {
  const next = content.querySelectorAll('[data-account]')[CARDS_SHOWN]
  if (next === undefined) return content.offsetHeight
  return next.getBoundingClientRect().top - content.getBoundingClientRect().top + PEEK
}
