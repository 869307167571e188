import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { scripts } from '../package.json'
import { pagePaths } from './docs-site.mjs'

const root = path.join(import.meta.dirname, '..')
const pages = pagePaths()

/** The folders to which paths on the pages are relative. */
const bases = ['', 'electron', 'electron/core']
const folders = new Set(
  bases.flatMap((base) =>
    readdirSync(path.join(root, base), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
  ),
)
/** Paths that a build or a run of the app creates, so the repository lacks them. */
const made = [
  ...readFileSync(path.join(root, '.gitignore'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('/')),
  'state.json',
]

const textOf = (page: string): string => readFileSync(path.join(root, page), 'utf8').replaceAll('\r\n', '\n')
const withoutFences = (text: string): string => text.replaceAll(/^```.*?^```/gms, '')
const diagrams = (text: string): string[] =>
  [...text.matchAll(/^```mermaid\n(.*?)^```/gms)].map(([, diagram = '']) => diagram)

/** Tells whether a word is written as the path of a file or folder of the repository; its last part may hold one `*`. */
function isPath(word: string): boolean {
  if (!/^[\w.-]+(\/[\w.-]+)*(\*[\w.-]*|\/)?$/.test(word)) return false
  if (/\.(c?[jt]s|mjs|tsx|json|md|css|html|png|ico|ya?ml|py)$/.test(word)) return true
  return word.includes('/') && folders.has(word.split('/')[0] ?? '')
}

/** Returns the paths that a page names in backticks and as words of its diagrams. */
function pathsIn(text: string): string[] {
  const ticked = [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word)
  const words = [...ticked, ...diagrams(text).flatMap((diagram) => diagram.split(/[^\w./*-]+/))]
  // ID stands for a broker's own.
  return words.map((word) => word.replaceAll(/\bID\b/g, 'kite-web')).filter(isPath)
}

const isThere = (name: string): boolean =>
  made.some((folder) => name.startsWith(folder)) || bases.some((base) => isIn(base, name))

function isIn(base: string, name: string): boolean {
  // ID stands for any broker's.
  const file = path.join(root, base, name.replace(/\bID\b/, 'angel-one'))
  const [start = '', end] = path.basename(file).split('*')
  if (end === undefined) return existsSync(file)
  const folder = path.dirname(file)
  return (
    existsSync(folder) && readdirSync(folder).some((entry) => entry.startsWith(start) && entry.endsWith(end))
  )
}

/** Returns the targets of a page's links and pictures, without those on other sites. */
const linksIn = (text: string): string[] =>
  [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)|\bsrc(?:set)?="([^"]+)"/g)]
    .map(([, link, source]) => link ?? source ?? '')
    .filter((link) => !/^[a-z]+:/.test(link))

/** Returns the anchors of a page's headings, as GitHub makes them. */
function anchorsIn(text: string): string[] {
  const slugs = [...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return slugs.map((slug, index) => {
    const before = slugs.slice(0, index).filter((other) => other === slug).length
    return before === 0 ? slug : `${slug}-${before}`
  })
}

function leadsSomewhere(link: string, page: string): boolean {
  const [target = '', anchor] = link.split('#')
  const file = target === '' ? page : path.join(path.dirname(page), target)
  if (!existsSync(path.join(root, file))) return false
  return anchor === undefined || anchorsIn(textOf(file)).includes(anchor)
}

describe.each(pages)('%s', (page) => {
  test('names no file and no folder that is not there', () => {
    expect(pathsIn(textOf(page)).filter((name) => !isThere(name))).toEqual([])
  })

  test('links to nothing that is not there', () => {
    expect(linksIn(textOf(page)).filter((link) => !leadsSomewhere(link, page))).toEqual([])
  })
})

test('the README fits on a few screens, and what it and the site show is small', () => {
  expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(150)
  const pictures = path.join(root, 'docs/pictures')
  for (const name of readdirSync(pictures)) {
    expect(statSync(path.join(pictures, name)).size, name).toBeLessThan(200_000)
  }
})

// docs/command-line.md has a trader's own script run.
test.each(pages.filter((page) => page !== 'docs/command-line.md'))(
  '%s has npm run nothing that is not in package.json',
  (page) => {
    const names = [...textOf(page).matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = '']) => name)
    expect(names.filter((name) => !(name in scripts))).toEqual([])
  },
)

/** The pages that describe the source tree. */
const ofTheHouse = ['architecture', 'login', 'schedule', 'state-and-secrets', 'testing']

test.each(ofTheHouse)('docs/%s.md begins with a picture of what it is about', (name) => {
  const text = textOf(`docs/${name}.md`)
  expect(text).toMatch(/^# .+\n\n```mermaid\n(flowchart|sequenceDiagram)\b/)
  expect(diagrams(text)).toHaveLength(1)
})

test('the search for names finds some on each page about the house', () => {
  for (const name of ofTheHouse) expect(pathsIn(textOf(`docs/${name}.md`)).length).toBeGreaterThan(5)
})
