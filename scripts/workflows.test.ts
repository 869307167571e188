import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { dependencies, engines, scripts } from '../package.json'

const root = path.join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n')
const folder = '.github/workflows'
const files = readdirSync(path.join(root, folder))
const node = read('.nvmrc').trim()

/** Returns what stands behind a key, at any depth. */
const valuesOf = (key: string, text: string): string[] =>
  [...text.matchAll(new RegExp(`^[\\s-]*${key}: (.+)$`, 'gm'))].map(([, value = '']) => value)

describe.each(files)('%s', (file) => {
  const text = read(`${folder}/${file}`)

  test('runs scripts of package.json and nothing else', () => {
    const runs = valuesOf('run', text)
    expect(runs).not.toEqual([])
    for (const run of runs) {
      const [, script = ''] = /^npm (?:run )?([\w:-]+)( -- [^;&|]+)?$/.exec(run) ?? []
      expect(scripts, run).toHaveProperty([script])
    }
  })

  test('pins actions by the hash of a commit', () => {
    for (const action of valuesOf('uses', text)) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/)
  })

  test('uses the Node of .nvmrc in its containers', () => {
    const images = [...text.matchAll(/\bnode:(\d[\w.-]*)/g)].map(([, tag]) => tag)
    for (const tag of images) expect(tag).toBe(`${node}-bookworm`)
  })
})

describe('L8: what is shipped', () => {
  test('has exact versions, and installs without running a package’s scripts', () => {
    for (const version of Object.values(dependencies))
      expect(version).toMatch(/^(npm:@github\/keytar@)?\d+\.\d+\.\d+$/)
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true\nsave-exact=true$/m)
  })

  test('is asked about known holes, at each push', () => {
    expect(scripts.holes).toBe('npm audit --omit=dev')
    expect(valuesOf('run', read(`${folder}/test.yml`))).toContain('npm run holes')
  })

  test('is updated to versions alone that have been out for two weeks', () => {
    expect(scripts.renew).toBe('npm update --min-release-age=14')
    const updates = read('.github/dependabot.yml').split('package-ecosystem').slice(1)
    expect(updates).toHaveLength(2)
    for (const update of updates) expect(update).toMatch(/cooldown:\n {6}default-days: 14\n/)
  })
})

test('.nvmrc has the oldest Node that package.json allows', () => {
  expect(engines.node).toBe(`>=${node}`)
})

test('the form for bugs asks for the doctor and the login log, and warns of secrets', () => {
  const form = '.github/ISSUE_TEMPLATE/bug.yml'
  for (const words of ['tokentray doctor', 'Copy login log', 'Never paste a password']) {
    expect(read(form)).toContain(words)
  }
})
