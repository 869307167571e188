import type { Page } from 'playwright-core'

/** Returns what a page's script reads from the clipboard with `execCommand('paste')`. */
export async function pastedByScript(page: Page): Promise<string> {
  // A text, because the types call the function deprecated.
  const pasted: unknown = await page.evaluate(`(() => {
    const area = document.body.appendChild(document.createElement('textarea'))
    area.focus()
    document.execCommand('paste')
    area.remove()
    return area.value
  })()`)
  return String(pasted)
}
