import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { registry } from '../electron/core/brokers/registry.ts'
import { sectionsOf, withBrokerTable } from './broker-table.mjs'

const root = path.join(import.meta.dirname, '..')
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n')
const docs = textOf('docs/brokers.md')
const sections = sectionsOf(docs)

test('docs/brokers.md has a section for each broker, and for nothing else', () => {
  expect([...sections.keys()].sort()).toEqual([...registry.keys()].sort())
})

test.each([...registry.values()])('the section of $id says what the broker says', ({ id, ...broker }) => {
  const { name = '', rows = new Map<string, string>() } = sections.get(id) ?? {}
  expect(broker.name).toContain(name)
  for (const row of ['fields', 'token', 'documented', 'certainty', 'at hand', 'gives']) {
    expect(rows.get(row), row).toMatch(/\w{3}/)
  }
  const endpoints = Object.entries(broker.endpoints).map(([key, url]) => `\`${key}\` ${url}`)
  expect(rows.get('endpoints')).toBe(endpoints.join(', '))
  expect(rows.get('terms')).toContain(broker.terms.label)
  expect(rows.get('certainty')).toMatch(/documented|seen in|not known/)
  for (const field of broker.tokenFields) expect(rows.get('token')).toContain(`\`${field}\``)
})

test('the README’s table of brokers is made from it', () => {
  const readme = textOf('README.md')
  // `node scripts/broker-table.mjs` makes it anew.
  expect(withBrokerTable(readme, docs)).toBe(readme)
})
