import type { Page } from 'playwright-core'
import type { App } from './app.ts'

/** The practice broker's page that pressing *Log in* brings up, in the window for it. */
export async function openSignIn(app: App, account: string): Promise<Page> {
  const popover = await app.popover()
  const opened = app.electron.waitForEvent('window')
  await popover.getByRole('button', { name: `Log in ${account}` }).click()
  const page = await opened
  await page.getByRole('heading', { name: 'Practice' }).waitFor()
  return page
}
