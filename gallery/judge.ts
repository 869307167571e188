import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** WCAG 2.2 at level AA and what axe's makers advise beyond it (https://github.com/dequelabs/axe-core/blob/develop/doc/API.md). */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** All that a theme can change. */
const ofColour = ['color-contrast', 'link-in-text-block']

/**
 * Rules that are not asked. `label-content-name-mismatch` is an experimental one, and takes a code that is spelled out
 * digit by digit for those who listen to be another than the one that is seen.
 */
const unasked = { 'label-content-name-mismatch': { enabled: false } }

interface Finding {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

interface Axe {
  run: (options: object) => Promise<{ readonly violations: readonly Finding[] }>
}

declare global {
  interface Window {
    /** Once `judge` has brought it. */
    readonly axe: Axe | undefined
  }
}

/** What keeps somebody from reading or using the page as it is now, a line for each. */
export async function judge(page: Page, { colourAlone = false } = {}): Promise<string[]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source)
  const runOnly = colourAlone ? { type: 'rule', values: ofColour } : { type: 'tag', values: tags }
  const violations = await page.evaluate(
    async (options) => {
      const results = await window.axe?.run(options)
      return results?.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map(({ html, failureSummary }) => ({ html, why: failureSummary ?? '' })),
      }))
    },
    { runOnly, rules: colourAlone ? {} : unasked, resultTypes: ['violations'] },
  )
  if (violations === undefined) throw new Error('axe did not run.')
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, why }) => `${id}: ${help}\n${html}\n${why}`),
  )
}
