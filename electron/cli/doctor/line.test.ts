import { describe, expect, test } from 'vitest'
import { LoginError } from '../../core/errors.ts'
import { plainText } from '../terminal/styled.ts'
import { hostLine } from './hosts.ts'
import { marked } from './line.ts'

const terminal = { width: 80, call: 'tokentray' }

describe('a line’s sign', () => {
  test.each(['All is well', 'First of all: ', 'Keychain: ok', 'h: not reached. '])(
    'says how things are, whatever the words: %s',
    (text) => {
      const sign = (isWell: boolean | null): string =>
        plainText(marked({ text, isWell }, terminal)).slice(0, 2)
      expect([true, false, null].map(sign)).toEqual(['✓ ', '✗ ', '  '])
    },
  )

  test('stands alone before the first of several lines', () => {
    const text = 'word '.repeat(20).trim()
    const lines = plainText(marked({ text, isWell: false }, terminal)).split('\n')
    expect(lines.map((line) => line.slice(0, 3))).toEqual(['✗ w', '  w'])
  })

  test('is for terminals alone', () => {
    expect(marked({ text: 'Clock: ok', isWell: true }, { ...terminal, width: null })).toBe('Clock: ok')
  })

  test('of a host is that of its check', () => {
    const check = { account: 'a', host: 'h', proxy: null, ms: 3, family: null }
    expect(hostLine({ ...check, problem: null })).toEqual({ text: '  h: reached in 3 ms', isWell: true })
    expect(hostLine({ ...check, problem: new LoginError('network') }).isWell).toBe(false)
  })
})
