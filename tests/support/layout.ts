import type { Page } from 'playwright-core'

/**
 * Returns the layout faults of a page at its scroll position: elements beyond the window's sides and covered
 * buttons.
 * Allows a pixel for rounding.
 */
export async function layoutTroubles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const scrollers = ['main', 'html'].flatMap((one) => [...document.querySelectorAll(one)])
    const scroller = scrollers.find((one) => one.scrollHeight > one.clientHeight) ?? document.documentElement
    const troubles = new Set<string>()
    const name = (element: Element): string =>
      `${element.tagName.toLowerCase()} “${element.textContent.slice(0, 30)}”`
    const isCut = (element: Element): boolean => {
      for (let around: Element | null = element; around !== null; around = around.parentElement) {
        if (getComputedStyle(around).overflowX === 'hidden') return true
        if (around === document.body) return false
      }
      return false
    }
    const measure = (): void => {
      for (const element of document.querySelectorAll('#root *')) {
        const { left, right, top, bottom, width } = element.getBoundingClientRect()
        if (width === 0 || bottom < 0 || top > innerHeight) continue
        const isOut = left < -1 || right > innerWidth + 1
        if (isOut && !isCut(element)) troubles.add(`${name(element)} goes out`)
        if (top < 0 || bottom > innerHeight || !element.matches('button')) continue
        const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
        if (seen === null || element.contains(seen)) continue
        // Scrolled content may pass under fixed elements.
        if (!scroller.contains(seen) || seen.closest('footer') !== null) continue
        troubles.add(`${name(element)} is covered`)
      }
      for (const { scrollWidth, clientWidth } of [document.documentElement, scroller]) {
        if (scrollWidth > clientWidth)
          troubles.add(`${String(scrollWidth - clientWidth)} px wider than the window`)
      }
    }
    scroller.scrollTo(0, 0)
    for (let at = -1; scroller.scrollTop !== at;) {
      at = scroller.scrollTop
      // Cards out of sight are laid out a frame later.
      await new Promise((resolve) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(resolve)
        })
      })
      measure()
      scroller.scrollBy(0, innerHeight / 2)
    }
    scroller.scrollTo(0, 0)
    return [...troubles]
  })
}
