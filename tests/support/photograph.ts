import type { Page } from 'playwright-core'
import { pictureFile } from './screen.ts'

/** Takes a picture of a page in light and in dark, for a person to look at; with what is scrolled away if `fullPage`. */
export async function photographPage(page: Page, name: string, fullPage = false): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ fullPage, path: await pictureFile(`${name}-${colorScheme}`) })
  }
  await page.emulateMedia({ colorScheme: null })
}
