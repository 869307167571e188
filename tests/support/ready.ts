import type { Locator, Page } from 'playwright-core'

/** The status of an account with a good token; in the token's last minutes it is another word. */
export const READY = '(?:Ready|Ends in .+)'

/**
 * Matches the tray's tooltip with so many good tokens among so many accounts. In the last minutes before they end, from
 * 05:45 in India at Zerodha, it says so of each.
 */
export const readyTooltip = (ready: number, all: number): RegExp =>
  new RegExp(`^TokenTray: ${ready} of ${all} ready(?: · ${ready} ends? soon)?\n`)

/** Returns the card of an account with a good token, or its line, which also says until when. */
export const readyCard = (popover: Page, name: string): Locator =>
  popover.getByRole('listitem', { name: new RegExp(`^${name} ${READY}(?: .+)?$`) })
