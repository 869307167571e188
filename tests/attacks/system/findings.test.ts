import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.join(import.meta.dirname, '../../..')
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8').replaceAll('\r\n', '\n')

/** The findings of the attacks that were tried on this program, from high to low harm. */
const HIGH = [1, 2, 3].map((number) => `H${String(number)}`)
const MEDIUM = [1, 2, 3, 4, 5, 6, 7].map((number) => `M${String(number)}`)
const LOW = Array.from({ length: 12 }, (_, index) => `L${String(index + 1)}`)

const attacks = readdirSync(path.join(root, 'tests/attacks'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `tests/attacks/${name.replaceAll('\\', '/')}`)

/** Returns the beginnings of all tests' titles that name a finding, such as `H1` and `H1, another way`. */
function titles(): string[] {
  const files = ['tests', 'electron', 'scripts', 'practice', 'renderer'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `${folder}/${name}`),
  )
  return files.flatMap((file) =>
    [...read(file).matchAll(/['"`]([HML]\d+(?:, another way)?): /g)].map(([, title = '']) => title),
  )
}

describe('every finding', () => {
  const all = titles()

  test.each([...HIGH, ...MEDIUM, ...LOW])('%s has a test that names it', (finding) => {
    expect(all).toContain(finding)
  })

  test.each([...HIGH, ...MEDIUM])('%s is tried in three other ways', (finding) => {
    const others = all.filter((title) => title === `${finding}, another way`)
    expect(others.length).toBeGreaterThanOrEqual(3)
  })
})

describe('SECURITY.md', () => {
  const text = read('SECURITY.md')
  const named = [...text.matchAll(/`((?:tests|electron|scripts)\/[\w./-]+\.test\.ts)`/g)].map(
    ([, file = '']) => file,
  )

  test('names every file of attacks', () => {
    expect(attacks.filter((file) => !named.includes(file))).toEqual([])
  })

  test('names no file that is not there', () => {
    const there = new Set(
      ['tests', 'electron', 'scripts'].flatMap((folder) =>
        readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(
          (name) => `${folder}/${name.replaceAll('\\', '/')}`,
        ),
      ),
    )
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((file) => !there.has(file))).toEqual([])
  })

  test('shows each promise by a test', () => {
    const promises = [...text.matchAll(/^\| (?!-|who|promise).+\|$/gm)].map(([row]) => row)
    expect(promises.length).toBeGreaterThan(20)
    for (const row of promises) expect(row).toMatch(/`[\w./-]+\.test\.ts`|nothing shows it/)
  })
})
