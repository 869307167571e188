import { describe, expect, test } from 'vitest'
import { LoginError } from '../../core/errors.ts'
import type { Finding } from '../../services/finding.ts'
import type { HostCheck } from '../../services/hosts.ts'
import { exitCodeFor, findings, type Examined } from './findings.ts'
import { keychainAdvice } from './keychain-advice.ts'

const well: Examined = {
  folder: { path: '/home/x', mode: '0700', othersMay: null, finding: null },
  keychain: null,
  clock: { measured: null, synchronised: null },
  hosts: [],
  environment: null,
}
const open: Finding = { kind: 'state-folder', message: 'It is open.', next: 'Close it.' }
const check = (account: string, problem: LoginError | null): HostCheck => ({
  account,
  host: 'h',
  proxy: null,
  ms: null,
  family: null,
  problem,
})
const offset = (offsetMs: number, isRecent = true) => ({ offsetMs, isRecent, at: 0 })
const kinds = (examined: Partial<Examined>): string[] =>
  findings({ ...well, ...examined }).map(({ kind }) => kind)

describe('what is wrong', () => {
  test('is nothing when nothing is', () => {
    expect(findings(well)).toEqual([])
    expect(exitCodeFor([])).toBe(0)
  })

  test('comes in the order in which it has to be mended, and the first gives the exit code', () => {
    const all = findings({
      folder: { ...well.folder, finding: open },
      keychain: new LoginError('keychain-missing'),
      clock: { measured: offset(60_000), synchronised: false },
      hosts: [check('a', new LoginError('network'))],
      environment: { message: 'Certificates are not checked.', next: 'Take that out.' },
    })
    expect(all.map(({ kind }) => kind)).toEqual([
      ...['state-folder', 'keychain-missing', 'clock-skew', 'network', 'environment'],
    ])
    expect(all.map((_, index) => exitCodeFor(all.slice(index)))).toEqual([2, 5, 3, 4, 2])
  })

  test('is told once, however many accounts have it', () => {
    const down = new LoginError('network')
    expect(kinds({ hosts: [check('a', down), check('b', down), check('b', null)] })).toEqual(['network'])
  })

  test.each([
    ['far off', offset(-11_000), false, ['clock-skew']],
    [
      'far off, by a system that does not say whether it follows network time',
      offset(11_000),
      null,
      ['clock-skew'],
    ],
    ['far off before network time was on', offset(11_000), true, []],
    ['far off long ago', offset(11_000, false), false, []],
    ['a little off', offset(9_000), false, []],
    ['never compared', null, false, []],
  ])('a clock that was %s', (_how, measured, synchronised, expected) => {
    expect(kinds({ clock: { measured, synchronised } })).toEqual(expected)
  })
})

describe('advice about the keychain', () => {
  const missing = new LoginError('keychain-missing')

  test('says what to install, how to unlock it at boot, and what there is instead', () => {
    const words = keychainAdvice(missing, 'system', false, 'linux').join('\n')
    for (const word of [
      'apt install gnome-keyring',
      'dnf install gnome-keyring',
      '--unlock',
      '--sealed-file',
      'session bus',
    ])
      expect(words).toContain(word)
  })

  test('says nothing of installing where it is only locked, or elsewhere than on Linux', () => {
    expect(keychainAdvice(new LoginError('keychain-locked'), 'system', true, 'linux').join()).not.toContain(
      'apt',
    )
    for (const given of [
      [null, 'system', 'linux'],
      [missing, 'sealed-file', 'linux'],
      [missing, 'system', 'darwin'],
    ] as const)
      expect(keychainAdvice(given[0], given[1], true, given[2])).toEqual([])
  })
})
