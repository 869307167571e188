import type { Page } from 'playwright-core'

/**
 * Records the announcements of a page for screen readers: every text that enters a live region, or comes with one.
 * Ignores texts that are already there.
 */
export async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const live = '[role=status], [role=alert], [aria-live]:not([aria-live=off])'
    const heard: string[] = []
    const note = (words: string): void => {
      if (words.trim() !== '') heard.push(words.trim())
      document.body.dataset['heard'] = JSON.stringify(heard)
    }
    new MutationObserver((records) => {
      const told = new Set<Element>()
      for (const { target, addedNodes } of records) {
        const around = (target instanceof Element ? target : target.parentElement)?.closest(live)
        if (around != null) told.add(around)
        for (const added of addedNodes) {
          if (!(added instanceof Element)) continue
          for (const inside of [added, ...added.querySelectorAll('*')])
            if (inside.matches(live)) told.add(inside)
        }
      }
      for (const region of told) if (region.isConnected) note(region.textContent)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    note('')
  })
}

/** Returns the announcements since `listen`, oldest first. */
export async function heard(page: Page): Promise<string[]> {
  const noted: unknown = JSON.parse((await page.evaluate(() => document.body.dataset['heard'])) ?? '[]')
  return Array.isArray(noted) ? noted.map(String) : []
}
