import type { Page } from 'playwright-core'
import type { App } from './app.ts'
import { ask } from './programs.ts'
import { pressKeys } from './screen.ts'
import { eventually } from './eventually.ts'
import type { TrayWatcher } from './tray-watcher.ts'
import { until } from './until.ts'

/** More tab stops than any page has. */
const MOST_STOPS = 60

/** Day, month, year and the calendar: Tab stops this often within a date field. */
const STOPS_OF_A_DATE = 4

/** Resolves when the system sends typed keys to this page's window. */
export async function expectKeyboard(app: App, page: Page): Promise<void> {
  // Not `document.hasFocus()`: Playwright tells every page that it has the focus.
  const focused = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.webContents.getURL())
  await until(`the keyboard on ${page.url()}`, async () => ((await focused()) === page.url() ? true : null))
}

/**
 * Opens the popover with the keyboard focus, as the tray's *Open* does.
 * The app replaces a popover that is hidden for long, so its page may be another than before.
 */
export async function openPopover(app: App, watcher: TrayWatcher): Promise<Page> {
  await (await watcher.itemOf(app.pid)).press('Open')
  const popover = await app.popover()
  await expectKeyboard(app, popover)
  return popover
}

/** Makes the popover hide itself. */
export async function hidePopover(app: App): Promise<void> {
  await (await app.popover()).evaluate(() => window.tokentray.hide())
  await eventually(() => app.showsPopover()).toBe(false)
}

/** Returns the accessible name of the focused element; empty for none. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return ''
    const labelled = (element.getAttribute('aria-labelledby') ?? '').split(' ')
    const byOthers = labelled.map((id) => document.getElementById(id)?.innerText ?? '').join(' ')
    const byLabel = element instanceof HTMLInputElement ? (element.labels?.[0]?.innerText ?? '') : ''
    const name = [byOthers, element.getAttribute('aria-label') ?? '', byLabel, element.innerText]
    return (name.find((words) => words.trim() !== '') ?? '').trim()
  })
}

/** Resolves when the expected element has the focus. */
export async function expectFocus(page: Page, name: string | RegExp): Promise<void> {
  const expected = eventually(() => focusedName(page))
  await (typeof name === 'string' ? expected.toBe(name) : expected.toMatch(name))
}

/** Presses Tab until the element has the focus, as a user without a mouse does. */
export async function tabTo(
  page: Page,
  name: string | RegExp,
  key: 'Tab' | 'shift+Tab' = 'Tab',
): Promise<void> {
  const isThere = (seen: string): boolean => (typeof name === 'string' ? seen === name : name.test(seen))
  const passed: string[] = []
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    // The element itself, because elements may share a name, and a check may move it on the page.
    const before = await page.evaluateHandle(() => document.activeElement)
    const presses = (await isOnDate(page)) ? STOPS_OF_A_DATE : 1
    for (let press = 0; press < presses; press++) await pressKeys(key)
    await until('the next stop', async () =>
      (await page.evaluate((was) => document.activeElement === was, before)) ? null : true,
    ).catch(async (cause: unknown) => {
      const hasKeyboard = await page.evaluate(() => document.hasFocus())
      const where = `${await focusedName(page)}, ${hasKeyboard ? 'with' : 'without'} the keyboard`
      throw new Error(`${key} did not lead on from ${where}`, { cause })
    })
    const seen = await focusedName(page)
    if (isThere(seen)) return
    passed.push(seen)
  }
  throw new Error(`${String(name)} is not among what Tab goes to: ${passed.join(' | ')}`)
}

/** Types a text into the focused element. */
export async function typeText(text: string): Promise<void> {
  await ask('xdotool', ['type', '--delay', '4', '--', text])
}

const isOnDate = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.matches('input[type=date]') === true)
