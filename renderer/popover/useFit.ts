import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** Further cards are scrolled to. */
const CARDS_SHOWN = 8
/** Of the next card so much is shown that it is seen to be there, CSS pixels. */
const PEEK = 28

/**
 * Tells the window how high the page would like to be, whenever that changes: header, footer and all that is
 * between them, up to eight cards.
 * @param content what is scrolled, inside the element that scrolls
 * @param hold while true, nothing is told: a window that jumps while one types is no help
 */
export function useFit(
  content: RefObject<HTMLElement | null>,
  fit: (height: number) => void,
  hold: boolean,
): void {
  const told = useRef(0)
  useLayoutEffect(() => {
    const element = content.current
    if (element === null || hold) return
    const tell = (): void => {
      const height = Math.ceil(frameHeight(element) + contentHeight(element))
      if (height === told.current) return
      told.current = height
      fit(height)
    }
    tell()
    const observer = new ResizeObserver(tell)
    observer.observe(element)
    // It shrinks when what stands around it grows.
    if (element.parentElement !== null) observer.observe(element.parentElement)
    return () => {
      observer.disconnect()
    }
  }, [content, fit, hold])
}

/** Everything on the page that does not scroll. */
function frameHeight(content: HTMLElement): number {
  const scroller = content.parentElement
  const page = scroller?.parentElement
  return (page?.offsetHeight ?? 0) - (scroller?.offsetHeight ?? 0)
}

function contentHeight(content: HTMLElement): number {
  const next = content.querySelectorAll('.card')[CARDS_SHOWN]
  if (next === undefined) return content.offsetHeight
  return next.getBoundingClientRect().top - content.getBoundingClientRect().top + PEEK
}
