import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { NEEDS } from './system-packages.mjs'

const root = path.join(import.meta.dirname, '..')
const read = (name: string): Promise<string> => readFile(path.join(root, name), 'utf8')
const config = await read('electron-builder.yml')

/** Returns the configuration's section for one system, without comments. */
function sectionOf(system: string): string {
  const lines = config.split('\n').filter((line) => !/^\s*#/.test(line))
  const from = lines.indexOf(`${system}:`)
  const length = lines.slice(from + 1).findIndex((line) => /^\S/.test(line))
  return lines.slice(from, length === -1 ? undefined : from + 1 + length).join('\n')
}

describe('a package', () => {
  test.each([
    ['linux', 'linux-${arch}'],
    ['win', 'win32-${arch}'],
    ['mac', 'darwin-x64|darwin-arm64'],
  ])('for %s has keytar’s native build of that system, wherever it is built', (system, builds) => {
    // Excludes all others, because electron-builder supports only exclusions for node_modules.
    expect(sectionOf(system)).toContain(`'!node_modules/keytar/prebuilds/!(${builds})/**'`)
    expect(config.replaceAll(/#.*/g, '')).not.toContain('${platform}')
  })

  test.each(['linux', 'mac', 'win'])('for %s does not begin with all that is in the checkout', (system) => {
    // electron-builder puts `**/*` before a list that only leaves out.
    expect(sectionOf(system)).toMatch(/ {2}files:\n {4}- package\.json\n/)
  })

  test('for Debian needs what `npm start` needs', () => {
    const [, listed = ''] = /^ {2}depends:\n((?: {4}- .+\n)+)/m.exec(sectionOf('deb')) ?? []
    const depends = listed
      .trim()
      .split('\n')
      .map((line) => line.replace(/^ *- /, ''))
    expect(depends).toEqual(NEEDS.tray.map(({ names }) => names.join(' | ')))
  })

  test('for Windows has an icon that nothing has to be fetched for', async () => {
    expect(sectionOf('win')).toContain('icon: assets/icon.ico')
    const icon = await readFile(path.join(root, 'assets', 'icon.ico'))
    expect([icon.readUInt16LE(0), icon.readUInt16LE(2)]).toEqual([0, 1])
    const sizes = Array.from(
      { length: icon.readUInt16LE(4) },
      (_, index) => icon.readUInt8(6 + 16 * index) || 256,
    )
    expect(sizes.sort((one, other) => one - other)).toEqual([16, 24, 32, 48, 64, 128, 256])
  })

  test('for macOS is an app of the menu bar, hardened, and allows no more than V8 needs', async () => {
    const mac = sectionOf('mac')
    expect(mac).toMatch(/extendInfo:\n {4}LSUIElement: true/)
    expect(mac).toContain('hardenedRuntime: true')
    const [, file = ''] = /entitlements: (\S+)/.exec(mac) ?? []
    const allowed = [...(await read(file)).matchAll(/<key>(.*?)<\/key>/g)].map(([, key]) => key)
    expect(allowed).toEqual(['com.apple.security.cs.allow-jit'])
    expect(mac).toContain(`entitlementsInherit: ${file}`)
  })

  test('for macOS can be one for both kinds of processor, whose halves hold the same files', () => {
    expect(sectionOf('mac')).toContain("x64ArchFiles: '**/node_modules/keytar/prebuilds/**'")
  })
})

test('a checkout has the same line endings everywhere', async () => {
  expect(await read('.gitattributes')).toMatch(/^\* text=auto eol=lf$/m)
})
