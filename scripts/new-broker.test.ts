import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addBroker, filesOf, namesOf, withLine } from './new-broker.mjs'

const root = path.join(import.meta.dirname, '..')
const registries = ['electron/core/brokers/registry.ts', 'practice/defined.ts', 'docs/brokers.md']
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tokentray-broker-'))
  for (const file of registries) {
    mkdirSync(path.join(folder, file, '..'), { recursive: true })
    writeFileSync(path.join(folder, file), readFileSync(path.join(root, file)))
  }
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const textOf = (file: string): string => readFileSync(path.join(folder, file), 'utf8')

test.each([
  ['acme', 'acme', 'ACME', 'Acme'],
  ['acme-neo', 'acmeNeo', 'ACME_NEO', 'Acme Neo'],
  ['9lives', 'broker9lives', 'BROKER_9LIVES', '9lives'],
])('%s is %s in code', (id, ours, prefix, name) => {
  expect(namesOf(id)).toEqual({ id, ours, prefix, name })
})

test.each(['', 'Acme', '../acme', 'acme neo', 'acme-'])('%o is no id', (id) => {
  expect(() => namesOf(id)).toThrow('small letters')
})

test('a new broker is four files, a line in each registry and a section', () => {
  const names = namesOf('acme', 'Acme Securities')
  addBroker(names, folder)
  expect(Object.keys(filesOf(names))).toEqual([
    'electron/core/brokers/acme/broker.ts',
    'electron/core/brokers/acme/calls.ts',
    'electron/core/brokers/acme/cases.test.ts',
    'practice/acme.ts',
  ])
  for (const [file, text] of Object.entries(filesOf(names))) {
    expect(textOf(file)).toBe(text)
    expect(text).not.toMatch(/TODO|FIXME|undefined/)
  }
  const [registry = '', defined = '', docs = ''] = registries.map(textOf)
  expect(registry).toMatch(/^import \{ acme \} from '\.\/acme\/broker\.ts'$/m)
  expect(registry).toMatch(/readonly Broker\[\] = \[[^\]]*\bacme\]/)
  expect(defined).toMatch(/^import \{ acme \} from '\.\/acme\.ts'$/m)
  expect(defined).toMatch(/\[[^\]]*\bacme\]/)
  expect(docs).toContain('## Acme Securities (`acme`)')
  expect(() => {
    addBroker(names, folder)
  }).toThrow('already')
})

test('a registry without a list is an error', () => {
  expect(() => withLine('export const nothing = 1', './a.ts', 'a')).toThrow('no list')
})
