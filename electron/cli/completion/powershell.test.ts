import { expect, test } from 'vitest'
import { powershellScript } from './powershell.ts'
import { commands } from '../commands.ts'
import { readVocabulary } from './vocabulary.ts'

const places = await readVocabulary(commands)
const script = powershellScript(places)

/** The script without what stands in quotes. */
const bare = script.replaceAll(/'(?:[^']|'')*'/g, "''")

test('is plain ASCII, which reaches PowerShell 5.1 unchanged', () => {
  expect(script).toMatch(/^[\n\x20-\x7e]+$/)
})

test('knows every command and action with its options, and what their values may be', () => {
  for (const { path } of places) expect(script).toContain(`    '${path}' = @{`)
  expect(script).toMatch(/'--format' = \{ @\('raw', 'json', [^)]*'powershell', 'cmd'/)
  expect(script).toMatch(/'--broker' = \{ @\([^)]*'upstox'/)
  expect(script).toMatch(
    /'token' = @\{\s+Words = @\(\)\s+Names = \{ tokentray completion accounts 2>\$null \}/,
  )
})

test('closes every bracket and quote that it opens', () => {
  expect(bare).not.toMatch(/[‘’]/)
  const count = (bracket: string): number => bare.split(bracket).length - 1
  const pairs: [open: string, close: string][] = [
    ['{', '}'],
    ['(', ')'],
    ['[', ']'],
  ]
  for (const [open, close] of pairs) expect([open, count(open)]).toEqual([open, count(close)])
  expect((bare.match(/'/g) ?? []).length % 2).toBe(0)
})
