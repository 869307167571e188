import type { Locator, Page } from 'playwright-core'

/** The status of an account with a good token; in the token's last minutes it is another word. */
export const READY = '(?:Ready|Ends in .+)'

/** Returns the card of an account with a good token, or its line, which also says until when. */
export const readyCard = (popover: Page, name: string): Locator =>
  popover.getByRole('listitem', { name: new RegExp(`^${name} ${READY}(?: .+)?$`) })
