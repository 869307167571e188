import * as z from 'zod/mini'
import type { Release } from '../../contract/settings.ts'
import { harmless, harmlessLines } from '../harmless.ts'
import { numbersOf } from './newer.ts'

/** The most of a release's notes that is shown, in characters. */
const NOTES_LIMIT = 4_000
const ADDRESS_LIMIT = 500

/** The part of a release that is read, in GitHub's form (https://docs.github.com/en/rest/releases/releases). */
const Feed = z.object({
  tag_name: z.string(),
  html_url: z.string(),
  body: z.nullish(z.string()),
  draft: z.optional(z.boolean()),
  prerelease: z.optional(z.boolean()),
})

/** Returns the release that a feed names; null for a draft, a preview, or whatever is no release. */
export function releaseIn(reply: unknown): Release | null {
  const { success, data } = z.safeParse(Feed, reply)
  if (!success || data.draft === true || data.prerelease === true) return null
  const version = data.tag_name.replace(/^v/, '')
  if (numbersOf(version) === null) return null
  const { html_url: page } = data
  const isAddress = page.length <= ADDRESS_LIMIT && harmless(page) === page && URL.canParse(page)
  if (!isAddress || new URL(page).protocol !== 'https:') return null
  return { version, notes: harmlessLines(data.body ?? '').slice(0, NOTES_LIMIT), page }
}
