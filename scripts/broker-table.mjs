import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './processes.mjs'

const START = '<!-- Made from docs/brokers.md by scripts/broker-table.mjs. -->\n\n'
const END = '\n<!-- End of what is made. -->'

/**
 * Returns what the table of each broker's section says, by the broker's id and the row's name.
 * @param {string} docs the text of docs/brokers.md
 * @returns {Map<string, { name: string, rows: Map<string, string> }>}
 */
export function sectionsOf(docs) {
  const sections = docs.replaceAll('\r\n', '\n').split(/^## /m).slice(1)
  return new Map(
    sections.flatMap((section) => {
      const [, name = '', id = ''] = /^(.+) \(`([\w-]+)`\)$/m.exec(section.split('\n')[0] ?? '') ?? []
      if (id === '') return []
      const [table = ''] = /(?:^\|.*\n?)+/m.exec(section) ?? []
      const all = [...table.matchAll(/^\| (\S.*?) +\| (.*?) *\|$/gm)].map(
        ([, key = '', value = '']) => /** @type {const} */ ([key, value]),
      )
      return [/** @type {const} */ ([id, { name, rows: new Map(all) }])]
    }),
  )
}

/**
 * Returns the README's table of brokers.
 * @param {string} docs the text of docs/brokers.md
 * @returns {string}
 */
export function brokerTable(docs) {
  const lines = [...sectionsOf(docs)].map(([id, { name, rows }]) => {
    const anchor = `${name} (${id})`
      .toLowerCase()
      .replaceAll(/[^a-z0-9\s-]/g, '')
      .replaceAll(' ', '-')
    return [`[${name}](docs/brokers.md#${anchor})`, rows.get('at hand') ?? '', rows.get('gives') ?? '']
  })
  const table = [['broker', 'what you need', 'what you get'], ...lines]
  const widths = [0, 1, 2].map((column) =>
    Math.max(...table.map((cells) => Array.from(cells[column] ?? '').length)),
  )
  const padded = table.map(
    (cells) =>
      `| ${cells.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - Array.from(cell).length)).join(' | ')} |`,
  )
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return `${[padded[0], rule, ...padded.slice(1)].join('\n')}\n`
}

/**
 * Returns the README with its table of brokers as it should be.
 * @param {string} readme
 * @param {string} docs the text of docs/brokers.md
 * @returns {string}
 */
export function withBrokerTable(readme, docs) {
  const [before, rest] = readme.split(START)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error('The README has no place for the table.')
  return `${before}${START}${brokerTable(docs)}${END}${after}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8')
  writeFileSync(join(root, 'README.md'), withBrokerTable(read('README.md'), read('docs/brokers.md')))
}
