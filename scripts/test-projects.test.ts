import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, test } from 'vitest'
import { scripts } from '../package.json'

const root = path.join(import.meta.dirname, '..')
const support = path.join(root, 'tests/support')
/** The files in `tests/support` that start Electron, or want a screen. */
const ON_A_SCREEN = ['app', 'electron-path', 'packaged', 'screen', 'sway'].map((name) =>
  path.join(support, `${name}.ts`),
)

/** Tells whether a test file, or what it imports from `tests/support`, needs a screen. */
function needsScreen(file: string, seen = new Set<string>()): boolean {
  if (ON_A_SCREEN.includes(file)) return true
  if (seen.has(file)) return false
  seen.add(file)
  const { staticImports } = parseSync(file, readFileSync(file, 'utf8')).module
  const imported = staticImports.map(({ moduleRequest }) => moduleRequest.value)
  // A test itself that drives a page; what it imports may know pages by their types alone.
  if (seen.size === 1 && imported.includes('playwright-core')) return true
  return imported
    .filter((name) => name.startsWith('.'))
    .map((name) => path.join(path.dirname(file), name))
    .some((next) => path.dirname(next) === support && needsScreen(next, seen))
}

const testsIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name}`)

describe('test files', () => {
  // There they would be told neither of a screen nor of Electron: scripts/desktop.mjs --no-screen.
  test.each([...testsIn('tests/system'), ...testsIn('tests/attacks/system')])(
    '%s needs no screen',
    (file) => {
      expect(needsScreen(path.join(root, file))).toBe(false)
    },
  )

  test.each([...testsIn('tests'), ...testsIn('tests/attacks')])(
    '%s needs a screen; without one it belongs in the folder “system”',
    (file) => {
      expect(needsScreen(path.join(root, file))).toBe(true)
    },
  )
})

test.each(['unit', 'system', 'desktop'])('npm run test:%s runs on a machine of the workflow', (project) => {
  expect(scripts).toHaveProperty([`test:${project}`])
  const workflow = readFileSync(path.join(root, '.github/workflows/test.yml'), 'utf8')
  expect(workflow).toMatch(new RegExp(String.raw`run: npm run test:${project}\b`))
})
