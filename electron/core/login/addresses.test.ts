import { describe, expect, test } from 'vitest'
import type { ProblemKind } from '../../contract/state.ts'
import { LoginError } from '../errors.ts'
import { refusedAddress } from './addresses.ts'

/** Returns the refused address after these words of a broker that saw the last login come from `seen`. */
function addressAfter(words: string | null, seen: string | null, kind: ProblemKind = 'ip-not-allowed') {
  const problem = new LoginError(kind, words === null ? {} : { brokerWords: words }).toProblem(0)
  return refusedAddress({ problem, addresses: { seen, registered: [], at: 0, before: null } })
}

describe('the address that a broker does not accept', () => {
  test.each([
    ['IP 203.0.113.7 is not allowed.', '203.0.113.7'],
    ['Not allowed: IP (2001:db8::4).', '2001:db8::4'],
    ['Not allowed for 203.0.113.7: ask 203.0.113.7.', '203.0.113.7'],
  ])('is the one that it names: %s', (words, address) => {
    expect(addressAfter(words, '198.51.100.2')).toBe(address)
  })

  test('is the one that it saw the last login come from where it names none', () => {
    expect(addressAfter('The IP is not allowed (code 1.2.3).', '198.51.100.2')).toBe('198.51.100.2')
    expect(addressAfter(null, '198.51.100.2')).toBe('198.51.100.2')
  })

  test('is unknown where it says nothing, or names several', () => {
    expect(addressAfter('The IP is not allowed.', null)).toBeNull()
    expect(addressAfter('203.0.113.7 is not 203.0.113.8.', '198.51.100.2')).toBeNull()
    expect(refusedAddress({ problem: new LoginError('ip-not-allowed').toProblem(0) })).toBeNull()
  })

  test('is none after any other problem', () => {
    expect(addressAfter('IP 203.0.113.7 is down.', '198.51.100.2', 'network')).toBeNull()
  })
})
