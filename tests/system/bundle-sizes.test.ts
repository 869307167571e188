import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'

const DIST = path.join(import.meta.dirname, '../../dist')
/** Limit for JavaScript that loads before anything shows, bytes. */
const LIMIT = 250_000

/** Returns a file with everything that it imports statically. Lazy imports are left out. */
async function withItsImports(file: string, found = new Set<string>()): Promise<ReadonlySet<string>> {
  if (found.has(file)) return found
  found.add(file)
  const code = await readFile(file, 'utf8')
  for (const [, , imported = ''] of code.matchAll(/\b(?:from|import)\s*(["'`])(\.{1,2}\/[^"'`]+)\1/g)) {
    await withItsImports(path.join(path.dirname(file), imported), found)
  }
  return found
}

async function bytesOf(files: ReadonlySet<string>): Promise<number> {
  const sizes = await Promise.all([...files].map(async (file) => (await stat(file)).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

test.for(['popover', 'account-form', 'settings'])('the page %s is within its budget', async (page) => {
  const html = await readFile(path.join(DIST, 'renderer', `${page}.html`), 'utf8')
  const [, script] = /<script [^>]*src="([^"]+)"/.exec(html) ?? []
  const files = await withItsImports(path.join(DIST, 'renderer', script ?? expect.unreachable()))
  // React alone is a separate file: a single file would mean that the imports were not found.
  expect(files.size).toBeGreaterThan(1)
  expect(await bytesOf(files)).toBeLessThanOrEqual(LIMIT)
})

test('the tray app is within its budget before anything of it is used', async () => {
  const files = await withItsImports(path.join(DIST, 'main.js'))
  expect(files.size).toBeGreaterThan(1)
  expect(await bytesOf(files)).toBeLessThanOrEqual(LIMIT)
})
