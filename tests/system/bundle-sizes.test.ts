import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { PAGE_SIZES } from '../../scripts/page-sizes.mjs'

const DIST = path.join(import.meta.dirname, '../../dist')
/** Limit for a page's JavaScript of ours, whenever it loads, bytes. */
const PAGE_LIMIT = 60_000
/** Limit for the main process's JavaScript that every start loads, bytes. */
const MAIN_LIMIT = 250_000

const isPackage = (module: string): boolean => module.includes('/node_modules/')
/** Returns whether the bundler made a module up, to bind others together. */
const isMadeUp = (module: string): boolean => module.startsWith('\0')

/** Describes the built files of JavaScript: what loads with each, and what the bundler put into it. */
const BuiltChunks = z.array(
  z.object({
    file: z.string(),
    bytes: z.number(),
    imports: z.array(z.string()),
    modules: z.array(z.string()),
  }),
)
type BuiltChunk = z.infer<typeof BuiltChunks>[number]

/** Returns a page's files of JavaScript: its entry and all that it ever imports. */
function filesOf(page: string, built: readonly BuiltChunk[]): readonly BuiltChunk[] {
  const named = (file: string): BuiltChunk =>
    built.find((chunk) => chunk.file === file) ?? expect.unreachable()
  const entry = built.find(({ modules }) => modules.some((one) => one.endsWith(`/renderer/${page}.html`)))
  const found = new Set([entry ?? expect.unreachable()])
  for (const { imports } of found) for (const file of imports) found.add(named(file))
  return [...found]
}

test.for(['popover', 'account-form', 'settings', 'sign-in'])(
  'the page %s is within its budget',
  async (page) => {
    const built = BuiltChunks.parse(JSON.parse(await readFile(path.join(DIST, PAGE_SIZES), 'utf8')))
    const files = filesOf(page, built)
    const packages = files.filter(({ modules }) => modules.some(isPackage))
    // React is there, in a file with nothing of ours: only so can the two be told apart by the files' sizes.
    expect(
      packages.flatMap(({ modules }) => modules).filter((one) => !isPackage(one) && !isMadeUp(one)),
    ).toEqual([])
    expect(packages.some(({ modules }) => modules.some((one) => one.includes('/react-dom/')))).toBe(true)
    const ours = files.filter((file) => !packages.includes(file))
    expect(ours.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(PAGE_LIMIT)
  },
)

/** Returns a file with everything that it imports statically. Lazy imports are left out. */
async function withItsImports(file: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(file)) return found
  found.add(file)
  const code = await readFile(file, 'utf8')
  for (const [, , imported = ''] of code.matchAll(/\b(?:from|import)\s*(["'`])(\.{1,2}\/[^"'`]+)\1/g)) {
    await withItsImports(path.join(path.dirname(file), imported), found)
  }
  return found
}

test('the tray app is within its budget before anything of it is used', async () => {
  const main = path.join(DIST, 'main.js')
  const files = await withItsImports(main)
  // What stands behind the icon, which every start loads as soon as the icon is there.
  const [, , behind] = /\bimport\((["'`])(\.\/[^"'`]+)\1\)/.exec(await readFile(main, 'utf8')) ?? []
  await withItsImports(path.join(DIST, behind ?? expect.unreachable()), files)
  expect(files.size).toBeGreaterThan(2)
  const sizes = await Promise.all([...files].map(async (file) => (await stat(file)).size))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  expect(bytes).toBeGreaterThan(MAIN_LIMIT / 2)
  expect(bytes).toBeLessThanOrEqual(MAIN_LIMIT)
})
