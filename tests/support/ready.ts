import type { Locator, Page } from 'playwright-core'

/** What is said of an account with a good token: in the last minutes of the token's day that is another word. */
export const READY = '(?:Ready|Ends in .+)'

/** The card of an account with a good token. */
export const readyCard = (popover: Page, name: string): Locator =>
  popover.getByRole('listitem', { name: new RegExp(`^${name} ${READY}$`) })
