import type { Page } from 'playwright-core'
import type { App } from './app.ts'

/** Presses *Log in* and returns the practice broker's page in the sign-in window. */
export async function openSignIn(app: App, account: string): Promise<Page> {
  const popover = await app.popover()
  const opened = app.electron.waitForEvent('window')
  await popover.getByRole('button', { name: `Log in ${account}` }).click()
  const page = await opened
  await page.getByRole('heading', { name: 'Practice' }).waitFor()
  return page
}
