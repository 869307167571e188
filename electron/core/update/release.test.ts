import { expect, test } from 'vitest'
import { isNewer } from './newer.ts'
import { releaseIn } from './release.ts'

const reply = {
  tag_name: 'v0.2.0',
  html_url: 'https://example.org/releases/v0.2.0',
  body: '### Added\n\n- this',
  draft: false,
  prerelease: false,
}

test('a release has its version, notes and page', () => {
  expect(releaseIn(reply)).toEqual({
    version: '0.2.0',
    notes: '### Added\n\n- this',
    page: 'https://example.org/releases/v0.2.0',
  })
  expect(releaseIn({ ...reply, body: null })).toMatchObject({ notes: '' })
})

test.each([
  ['a draft', { draft: true }],
  ['a preview', { prerelease: true }],
  ['a tag that is no version', { tag_name: 'nightly' }],
  ['a version with words', { tag_name: 'v0.2.0-rc.1' }],
  ['a page without https', { html_url: 'http://example.org/' }],
  ['a page that runs something', { html_url: 'javascript:alert(1)' }],
  ['a page with a line break', { html_url: 'https://example.org/\nrm' }],
  ['a page without end', { html_url: `https://example.org/${'a'.repeat(600)}` }],
  ['no page', { html_url: undefined }],
])('%s is no release', (_words, part) => {
  expect(releaseIn({ ...reply, ...part })).toBe(null)
})

test.each([null, 'v0.2.0', [], {}])('%j is no release', (nonsense) => {
  expect(releaseIn(nonsense)).toBe(null)
})

test('notes are made harmless and cut', () => {
  const notes = releaseIn({ ...reply, body: `a\u202eb\u001b[2J${'c'.repeat(9_000)}` })?.notes ?? ''
  expect(notes.startsWith('a b [2J')).toBe(true)
  expect(notes).toHaveLength(4_000)
})

test.each([
  ['0.2.0', '0.1.9', true],
  ['0.1.10', '0.1.9', true],
  ['1.0.0', '0.99.99', true],
  ['0.1.9', '0.1.9', false],
  ['0.1.8', '0.1.9', false],
  ['0.9.9', '1.0.0', false],
  ['0.2.0', 'unknown', false],
])('%s is newer than %s: %s', (version, than, newer) => {
  expect(isNewer(version, than)).toBe(newer)
})
