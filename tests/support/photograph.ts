import type { Page } from 'playwright-core'
import { pictureFile } from './screen.ts'

/**
 * Takes pictures of a page in light and dark theme for a human reader.
 * @param fullPage includes the scrolled parts
 */
export async function photographPage(page: Page, name: string, fullPage = false): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ fullPage, path: await pictureFile(`${name}-${colorScheme}`) })
  }
  await page.emulateMedia({ colorScheme: null })
}
