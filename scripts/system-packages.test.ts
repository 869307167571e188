import { describe, expect, it } from 'vitest'
import { installedIn, librariesIn, missingFrom, nameToInstall, NEEDS } from './system-packages.mjs'

const SOUND = { names: ['libasound2t64', 'libasound2'] }

describe('system packages', () => {
  it('counts as installed only what dpkg says is, not what was removed or half set up', () => {
    const listing = 'installed libnss3\nconfig-files xvfb\nhalf-configured xclip\nnot-installed dbus\n\n'
    expect([...installedIn(listing)]).toEqual(['libnss3'])
  })

  it('takes a library under its old or its new name', () => {
    expect(missingFrom([SOUND], new Set(['libasound2']))).toEqual([])
    expect(missingFrom([SOUND], new Set(['libasound2t64']))).toEqual([])
    expect(missingFrom([SOUND], new Set(['libnss3']))).toEqual([SOUND])
  })

  it('asks for the name that this release knows', () => {
    expect(nameToInstall(SOUND, new Set(['libasound2']))).toBe('libasound2')
    expect(nameToInstall(SOUND, new Set(['libasound2t64']))).toBe('libasound2t64')
    expect(nameToInstall(SOUND, new Set())).toBeUndefined()
  })

  it('reads the libraries from ldconfig', () => {
    const listing =
      "2 libs found in cache `/etc/ld.so.cache'\n" +
      '\tlibgtk-3.so.0 (libc6,x86-64) => /usr/lib64/libgtk-3.so.0\n' +
      '\tlibnss3.so (libc6,x86-64) => /usr/lib64/libnss3.so\n'
    expect([...librariesIn(listing)]).toEqual(['libgtk-3.so.0', 'libnss3.so'])
  })

  it('needs no window toolkit where there is no display', () => {
    expect(NEEDS.terminal.flatMap(({ names }) => names)).toEqual(['libsecret-1-0'])
  })
})
