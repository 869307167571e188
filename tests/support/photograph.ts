import type { Page } from 'playwright-core'
import { pictureFile } from './screen.ts'

/** Takes a picture of a page in light and in dark, for a person to look at. */
export async function photographPage(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: await pictureFile(`${name}-${colorScheme}`) })
  }
  await page.emulateMedia({ colorScheme: null })
}
