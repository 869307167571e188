import { expect, test } from 'vitest'
import { accessFinding, privacyWords } from './state-folder.ts'

test('on Windows a state folder that others can use is found, with the way to close it', () => {
  expect(accessFinding('C:\\tt', 'read')).toMatchObject({
    kind: 'state-folder',
    message: expect.stringContaining('can read files in the state folder C:\\tt'),
    next: expect.stringContaining('icacls "C:\\tt"'),
  })
  expect(accessFinding('C:\\tt', 'nothing')).toBe(null)
  expect(accessFinding('C:\\tt', null)).toBe(null)
})

test('how private it is is said as the system has it', () => {
  expect(privacyWords({ mode: '0700', othersMay: null })).toBe(' (mode 0700)')
  expect(privacyWords({ mode: null, othersMay: 'nothing' })).toBe(' (for you alone, by its access list)')
  expect(privacyWords({ mode: null, othersMay: 'write' })).toBe(' (others can write files in it)')
  expect(privacyWords({ mode: null, othersMay: null })).toBe('')
})
