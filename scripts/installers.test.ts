import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { controlFile, parseFpm } from '../packaging/fpm.mjs'
import { planOf } from './installers.mjs'

const SYSTEMS = ['linux', 'win32', 'darwin'] as const

test.each(SYSTEMS)(
  'with the pinned Electron %s makes its own packages and names where the others are made',
  (system) => {
    const plan = planOf(system, true)
    expect(plan.filter(({ args }) => args !== undefined)).toHaveLength(1)
    expect(plan.map(({ names }) => names.split(' ')[0])).toEqual(['Linux', 'Windows', 'macOS'])
  },
)

test.each(SYSTEMS)(
  'without it, on %s, each package is made of a checked copy or has a reason why not',
  (system) => {
    for (const { args, copy, why } of planOf(system, false)) {
      expect([args === undefined, copy === undefined]).toEqual([why !== undefined, why !== undefined])
    }
  },
)

test('the stand-in for fpm writes the control file that Debian wants', () => {
  const { options, mappings } = parseFpm([
    ...[
      '-s',
      'dir',
      '--force',
      '-t',
      'deb',
      '-d',
      'libnss3',
      '-d',
      'liba | libb',
      '--deb-recommends',
      'kept',
    ],
    ...[
      '--architecture',
      'amd64',
      '--description',
      'Short\n Long words',
      '--version',
      '0.1.0',
      '--name',
      'tokentray',
    ],
    ...[
      '--maintainer',
      'Some One <one@example.org>',
      '--url',
      '',
      'from/=/opt/TokenTray',
      'file=/usr/bin/file',
    ],
  ])
  expect(mappings).toEqual([
    ['from/', '/opt/TokenTray'],
    ['file', '/usr/bin/file'],
  ])
  expect(controlFile(options, 12)).toBe(
    'Package: tokentray\nVersion: 0.1.0\nArchitecture: amd64\nDepends: libnss3, liba | libb\nRecommends: kept\n' +
      'Installed-Size: 12\nMaintainer: Some One <one@example.org>\nDescription: Short\n Long words\n',
  )
})

test.runIf(process.platform === 'linux')('the stand-in for fpm makes a package that dpkg reads', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tokentray-fpm-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(path.join(folder, 'app'), { mode: 0o700 })
  await writeFile(path.join(folder, 'app', 'program'), 'x', { mode: 0o700 })
  await writeFile(path.join(folder, 'after'), '#!/bin/sh\n')
  const deb = path.join(folder, 'out.deb')
  execFileSync(process.execPath, [
    ...[path.join(import.meta.dirname, '../packaging/fpm.mjs'), '-t', 'deb', '--name', 'tokentray'],
    ...['--version', '0.1.0', '--architecture', 'all', '--maintainer', 'Some One <one@example.org>'],
    ...['--description', 'Short\n Long', '--package', deb, '--after-install', path.join(folder, 'after')],
    ...[`${folder}/app/=/opt/TokenTray`],
  ])
  const listing = execFileSync('dpkg-deb', ['--contents', deb], { encoding: 'utf8' })
  // Everybody may run it, and root owns it, whoever made the package.
  expect(listing).toMatch(/^-rwxr-xr-x root\/root +1 .* \.\/opt\/TokenTray\/program$/m)
  const control = execFileSync('dpkg-deb', ['--info', deb], { encoding: 'utf8' })
  expect(control).toMatch(/^ Package: tokentray$/m)
  expect(control).toContain('postinst')
  expect(control).toContain('md5sums')
})
