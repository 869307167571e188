import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '..')
/** Matches a call that fetches whatever has the name in the registry when no checkout and no install has it. */
const FETCHES = /\b(?:npx|npm exec|npm x)\s+(?!--no\s)(?:-\S+\s+)*(?:--\s+)?tokentray\b/

const FOLDERS = [
  '.',
  ...['docs', 'electron', 'examples', 'packaging', 'practice', 'renderer', 'scripts', '.github'],
]

/** Returns the files that tell someone what to type, but for this one. */
function texts(): string[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: folder !== '.', encoding: 'utf8' }).map((name) =>
      path.join(folder, name),
    ),
  )
  const isText = (file: string): boolean => /\.(md|[cm]?[jt]sx?|ya?ml|py|html)$/.test(file)
  return files.filter((file) => isText(file) && path.basename(file) !== 'npx.test.ts')
}

test.each(['npx tokentray login', 'npx -y tokentray', 'npx --yes -- tokentray', 'npm exec tokentray'])(
  '“%s” would fetch a stranger’s package of that name',
  (words) => {
    expect(words).toMatch(FETCHES)
  },
)

test.each(['npx --no tokentray login', 'tokentray login', 'npx vitest run tokentray'])(
  '“%s” fetches nothing of that name',
  (words) => {
    expect(words).not.toMatch(FETCHES)
  },
)

test('no page and no hint says npx where that could fetch a stranger’s package', () => {
  const files = texts()
  expect(files).toContain('README.md')
  expect(files.filter((file) => FETCHES.test(readFileSync(path.join(root, file), 'utf8')))).toEqual([])
})
