import type { Page } from 'playwright-core'

/** Returns the account whose card has the focus and is fully visible; null for none. */
export const focusedAccount = (popover: Page): Promise<string | null> =>
  popover.evaluate(() => {
    const card = document.activeElement?.closest<HTMLElement>('[data-account]')
    const list = document.querySelector('main')?.getBoundingClientRect()
    if (card == null || list === undefined || !document.hasFocus()) return null
    const { top, bottom } = card.getBoundingClientRect()
    return top >= list.top && bottom <= list.bottom ? (card.dataset['account'] ?? null) : null
  })
