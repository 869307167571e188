import type { Page } from 'playwright-core'
import type { App } from './app.ts'
import { until } from './until.ts'

/** Presses *Log in* and returns the practice broker's page in the sign-in window. */
export async function openSignIn(app: App, account: string): Promise<Page> {
  const popover = await app.popover()
  const opened = signInPage(app)
  await popover.getByRole('button', { name: `Log in ${account}` }).click()
  const page = await opened
  await page.getByRole('heading', { name: 'Practice' }).waitFor()
  return page
}

/** Resolves with the next broker's page, which a window shows below our strip. */
export function signInPage(app: App): Promise<Page> {
  const before = new Set(app.electron.windows())
  // Not by the event of a new page, which may come before its address.
  return until('the page to sign in on', () => {
    const found = app.electron.windows().find((page) => !before.has(page) && /^https?:/.test(page.url()))
    return found ?? null
  })
}

/** Closes the window of a broker's page, as its user does. */
export async function closeSignIn(app: App, page: Page): Promise<void> {
  const closed = page.waitForEvent('close')
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.getTitle().startsWith('Sign in to')) window.close()
    }
  })
  await closed
}
