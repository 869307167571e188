import axe from 'axe-core'
import type { Page } from 'playwright-core'

/**
 * WCAG 2.2 at level AA and the best practices of axe
 * (https://github.com/dequelabs/axe-core/blob/develop/doc/API.md).
 */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Rules that depend on the theme. */
const ofColour = ['color-contrast', 'link-in-text-block']

/**
 * Disabled rules. `label-content-name-mismatch` is experimental, and rejects a code whose label spells its digits.
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
    /** Present where `axeScript` runs first. */
    readonly axe: Axe | undefined
  }
}

/** Has to be among the first scripts of every page, because half a megabyte that is sent each time takes long. */
export const axeScript = axe.source

/** Returns the accessibility faults of the page as it is now, one per line. */
export async function accessibilityFaults(page: Page, { colourAlone = false } = {}): Promise<string[]> {
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
