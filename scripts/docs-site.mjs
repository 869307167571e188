import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import MarkdownIt from 'markdown-it'
import { SetupProblem } from './messages.mjs'
import { root } from './processes.mjs'

/** Where the site is put. */
export const SITE = join(root, 'release', 'docs')

/** The pages in the order of the site's menu, by heading; a page that is in no list ends the last one. */
const MENU = {
  'For traders': [
    'README.md',
    'docs/using.md',
    'docs/brokers.md',
    'docs/moving-in.md',
    'docs/troubleshooting.md',
  ],
  'For scripts and servers': ['docs/command-line.md', 'docs/headless.md', 'docs/doctor.md'],
  'Security and state': ['SECURITY.md', 'docs/state-and-secrets.md'],
  'For developers': ['CONTRIBUTING.md', 'docs/architecture.md', 'docs/login.md', 'docs/schedule.md'],
}

/**
 * Returns the paths of all pages, as in the repository.
 * @returns {string[]}
 */
export function pagePaths() {
  const folders = ['docs', 'docs/decisions'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  )
  return ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...folders]
}

/**
 * Returns the page of the site for a page of the repository.
 * @param {string} page
 */
const htmlOf = (page) => page.replace(/(^|\/)README\.md$/, '$1index.md').replace(/\.md$/, '.html')

/**
 * Returns a heading's anchor, as GitHub makes it.
 * @param {string} heading
 * @param {Map<string, number>} seen how often each was met on the page
 */
function anchorOf(heading, seen) {
  const slug = heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
  const count = seen.get(slug) ?? 0
  seen.set(slug, count + 1)
  return count === 0 ? slug : `${slug}-${count}`
}

/**
 * A page as HTML. `links` are its links within the site, as written; `pictures` the files that it shows.
 * @typedef {{ title: string, body: string, anchors: Set<string>, links: string[], pictures: string[] }} Page
 */

const markdown = new MarkdownIt({ html: true })

/**
 * Makes HTML of a page.
 * @param {string} text
 * @param {(link: string) => string | null} target the link's address on the site; null for a file that is not part of it
 * @returns {Page}
 */
export function pageOf(text, target) {
  const tokens = markdown.parse(text, {})
  /** @type {Page} */
  const page = { title: '', body: '', anchors: new Set(), links: [], pictures: [] }
  const seen = new Map()
  for (const [index, token] of tokens.entries()) {
    const heading = token.type === 'heading_open' ? tokens[index + 1] : undefined
    if (heading) {
      const words = (heading.children ?? []).map(({ content }) => content).join('')
      const anchor = anchorOf(words, seen)
      if (page.title === '') page.title = words
      page.anchors.add(anchor)
      token.attrSet('id', anchor)
    }
    for (const part of token.children ?? []) {
      if (part.type !== 'link_open') continue
      const link = String(part.attrGet('href'))
      if (/^[a-z]+:/.test(link)) continue
      const moved = target(link)
      // A file of the repository is named and not linked to.
      if (moved === null) part.attrs = []
      else {
        page.links.push(link)
        part.attrSet('href', moved)
      }
    }
  }
  page.body = markdown.renderer.render(tokens, markdown.options, {})
  page.pictures = [...page.body.matchAll(/\b(?:src|srcset)="([^":]+)"/g)].map(([, source = '']) => source)
  return page
}

/**
 * Makes the site of pages.
 * @param {string} folder where it is put
 * @param {readonly string[]} paths of the pages, in the repository
 * @param {(path: string) => string} read returns a page's text
 * @throws SetupProblem naming every link and picture that leads nowhere
 * @returns {number} how many pages it has
 */
export function makeSite(folder, paths = pagePaths(), read = textOf) {
  const pages = new Map(
    paths.map((path) => [path, pageOf(read(path), (link) => targetOf(link, path, paths))]),
  )
  const dead = [...pages].flatMap(([path, page]) => deadOn(path, page, pages))
  if (dead.length > 0) throw new SetupProblem(`Dead links:\n${dead.join('\n')}`)
  rmSync(folder, { recursive: true, force: true })
  for (const [path, page] of pages) {
    const file = join(folder, htmlOf(path))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, htmlPage(path, page, pages))
    for (const picture of page.pictures) {
      const from = posix.join(posix.dirname(path), picture)
      cpSync(join(root, from), join(folder, from))
    }
  }
  cpSync(join(root, 'packaging', 'docs-site.css'), join(folder, 'site.css'))
  return pages.size
}

/** @param {string} path */
const textOf = (path) => readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n')

/**
 * @param {string} link
 * @param {string} path of its page
 * @param {readonly string[]} paths of all pages
 */
function targetOf(link, path, paths) {
  const [file = '', anchor] = link.split('#')
  if (file === '') return link
  const there = posix.join(posix.dirname(path), file)
  const page = [there, posix.join(there, 'README.md')].find((candidate) => paths.includes(candidate))
  if (page === undefined && existsSync(join(root, there))) return null
  return (
    htmlOf(page === undefined ? file : posix.relative(posix.dirname(path), page)) +
    (anchor ? `#${anchor}` : '')
  )
}

/**
 * @param {string} path
 * @param {Page} page
 * @param {ReadonlyMap<string, Page>} pages
 * @returns {string[]}
 */
function deadOn(path, { links, pictures }, pages) {
  const lost = pictures.filter((picture) => !existsSync(join(root, dirname(path), picture)))
  const dead = links.filter((link) => {
    const [file = '', anchor] = link.split('#')
    const there = file === '' ? path : posix.join(posix.dirname(path), file)
    const page = pages.get(there) ?? pages.get(posix.join(there, 'README.md'))
    return page === undefined || (anchor !== undefined && !page.anchors.has(anchor))
  })
  return [...dead, ...lost].map((link) => `${path}: ${link}`)
}

/**
 * @param {string} path
 * @param {Page} page
 * @param {ReadonlyMap<string, Page>} pages
 */
function htmlPage(path, { title, body }, pages) {
  const here = posix.dirname(htmlOf(path))
  /** @param {string} file */
  const to = (file) => posix.relative(here, file)
  const listed = Object.values(MENU).flat()
  const rest = [...pages.keys()].filter(
    (other) =>
      !listed.includes(other) &&
      (other === 'docs/decisions/README.md' || !other.startsWith('docs/decisions/')),
  )
  const menu = Object.entries(MENU).map(([heading, group], index, all) => {
    const names = index === all.length - 1 ? [...group, ...rest] : group
    const items = names.map((name) => {
      const current = name === path ? ' aria-current="page"' : ''
      return `<li><a href="${to(htmlOf(name))}"${current}>${escaped(pages.get(name)?.title ?? name)}</a></li>`
    })
    return `<p>${heading}</p>\n<ul>\n${items.join('\n')}\n</ul>`
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}${title === 'TokenTray' ? '' : ' · TokenTray'}</title>
<link rel="stylesheet" href="${to('site.css')}">
</head>
<body>
<nav aria-label="Pages">
${menu.join('\n')}
</nav>
<main>
${body}</main>
</body>
</html>
`
}

/** @param {string} text */
const escaped = (text) => markdown.utils.escapeHtml(text)
