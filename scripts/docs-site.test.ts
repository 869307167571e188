import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeSite, pageOf, pagePaths } from './docs-site.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-site-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const html = (file: string): string => readFileSync(path.join(folder, file), 'utf8')

test('the site has every page and picture, and all its links lead to files', () => {
  expect(makeSite(folder)).toBe(pagePaths().length)
  const pages = pagePaths().map((page) =>
    page.replace(/(^|\/)README\.md$/, '$1index.md').replace(/md$/, 'html'),
  )
  const lost = pages.flatMap((page) =>
    [...html(page).matchAll(/(?:href|src|srcset)="([^"#]+)(?:#[^"]*)?"/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(path.join(folder, path.dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  )
  expect(lost).toEqual([])
  expect(html('index.html')).toContain('src="docs/pictures/morning.png"')
  expect(html('docs/decisions/index.html')).toContain('href="../../index.html"')
})

describe('a link that leads nowhere stops it', () => {
  const texts = new Map([
    ['README.md', '# One\n\n[two](docs/using.md#part-1) [folder](docs/decisions/)'],
    ['docs/using.md', '# Two\n\n## Part\n\n## Part\n\n[one](../README.md#one) [code](../package.json)'],
    ['docs/decisions/README.md', '# Three'],
  ])
  const made = (page: string, text: string) => () => {
    const changed = new Map([...texts, [page, text]])
    return makeSite(folder, [...changed.keys()], (name) => changed.get(name) ?? '')
  }

  test('and without one it is made; files of the repository are named, not linked to', () => {
    expect(made('docs/decisions/README.md', '# Three')()).toBe(3)
    expect(html('index.html')).toContain('href="docs/using.html#part-1"')
    expect(html('docs/using.html')).toContain('<a>code</a>')
  })

  test.each([
    ['a page', '[x](docs/lost.md)'],
    ['an anchor', '[x](docs/using.md#part-2)'],
    ['an anchor of its own', '[x](#lost)'],
    ['a picture', '![x](docs/lost.png)'],
  ])('%s', (_what, text) => {
    expect(made('README.md', text)).toThrow(/^Dead links:\nREADME\.md: /)
    expect(existsSync(path.join(folder, 'index.html'))).toBe(false)
  })
})

test('a page has its title, and anchors as GitHub makes them', () => {
  const page = pageOf('# From a `.env` file\n\n## It’s (`x-y`)\n', () => null)
  expect(page.title).toBe('From a .env file')
  expect([...page.anchors]).toEqual(['from-a-env-file', 'its-x-y'])
})
