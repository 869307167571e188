import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { version } from '../package.json'
import { makeReleaseFiles } from './release-files.mjs'
import { notesOf } from './release-notes.mjs'
import { signingOf } from './signing.mjs'

const CHANGELOG =
  '# Changelog\n\n## Unreleased\n\n- soon\n\n## 1.2.0 - 2027-01-04\n\n### Added\n\n- this\n\n## 1.1.0\n\n- before\n'

test('a release’s notes are what the changelog has under its version', () => {
  expect(notesOf({ changelog: CHANGELOG, tag: 'v1.2.0', version: '1.2.0' })).toBe('### Added\n\n- this\n')
  expect(notesOf({ changelog: CHANGELOG, tag: 'v1.1.0', version: '1.1.0' })).toBe('- before\n')
})

test.each([
  ['a tag of another version', 'v1.2.1', '1.2.0', 'The tag v1.2.1 is not v1.2.0'],
  ['a version that the changelog does not have', 'v1.3.0', '1.3.0', 'no section “## 1.3.0”'],
  ['a version that only begins like one of it', 'v1.2', '1.2', 'no section “## 1.2”'],
])('there is no release for %s', (_words, tag, ours, message) => {
  expect(() => notesOf({ changelog: CHANGELOG, tag, version: ours })).toThrow(message)
})

test('a release has checksums of its packages and the list of what they are made of', async () => {
  const release = await mkdtemp(path.join(tmpdir(), 'tokentray-release-'))
  onTestFinished(() => rm(release, { recursive: true }))
  await writeFile(path.join(release, 'a.deb'), 'deb')
  await writeFile(path.join(release, 'b.exe'), 'exe')
  await writeFile(path.join(release, 'builder-debug.yml'), 'not part of it')
  const parts = `tokentray-${version}.cdx.json`
  expect(await makeReleaseFiles(release, version)).toEqual(['a.deb', 'b.exe', parts, 'SHA256SUMS'])
  const list: unknown = JSON.parse(await readFile(path.join(release, parts), 'utf8'))
  expect(list).toMatchObject({
    bomFormat: 'CycloneDX',
    metadata: { component: { name: 'tokentray', version } },
  })
  expect(JSON.stringify(list)).toContain('"name":"zod"')
  if (process.platform === 'linux')
    execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: release })
  await writeFile(path.join(release, 'a.deb'), 'other')
  expect(await readFile(path.join(release, 'SHA256SUMS'), 'utf8')).toMatch(
    /^[\da-f]{64} {2}a\.deb\n[\da-f]{64} {2}b\.exe\n/,
  )
})

test('packages are signed with the secrets that are set, and say so when they are not', () => {
  const unset = { MAC_CSC_LINK: '', MAC_CSC_KEY_PASSWORD: '', WIN_CSC_LINK: '', APPLE_ID: '' }
  expect(signingOf('win32', unset)).toEqual({
    env: {},
    args: [],
    words: 'Unsigned: WIN_CSC_LINK is not set.',
  })
  expect(signingOf('win32', { WIN_CSC_LINK: 'a', WIN_CSC_KEY_PASSWORD: 'b' })).toMatchObject({
    env: { WIN_CSC_LINK: 'a', WIN_CSC_KEY_PASSWORD: 'b' },
    words: 'Signed.',
  })
  const adHoc = signingOf('darwin', unset)
  expect(adHoc.words).toMatch(/^Unsigned/)
  expect(adHoc.args).toContain('--config.mac.hardenedRuntime=false')
  const mac = { ...unset, MAC_CSC_LINK: 'a', MAC_CSC_KEY_PASSWORD: 'b' }
  expect(signingOf('darwin', mac)).toMatchObject({ env: { CSC_LINK: 'a', CSC_KEY_PASSWORD: 'b' } })
  expect(signingOf('darwin', mac).words).toMatch(/^Signed, not notarised/)
  const apple = { APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' }
  expect(signingOf('darwin', { ...mac, ...apple })).toMatchObject({
    args: [],
    words: 'Signed and notarised.',
  })
})
