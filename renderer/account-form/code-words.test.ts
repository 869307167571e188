import { expect, test } from 'vitest'
import { codeAnnouncement } from './code-words.ts'
import { NOON, totp } from './fixtures.ts'

const next = { code: '107458', next: '555555', startsAt: NOON + 30_000, endsAt: NOON + 60_000 }

test('a code that comes into view is said digit by digit, with what to do with it', () => {
  expect(codeAnnouncement(null, totp())).toBe(
    'The code now is 4 9 2 0 3 9. Must match the code on your phone.',
  )
  expect(codeAnnouncement(null, totp({ name: 'Zerodha: AB1234', from: 'imported' }))).toMatch(
    /^The code of Zerodha: AB1234 is 4 9 2 0 3 9\./,
  )
})

test('the same secret’s code of the next half minute is not said', () => {
  expect(codeAnnouncement(totp(), totp())).toBeNull()
  expect(codeAnnouncement(totp(), totp({ code: next }))).toBeNull()
})

test('a stored secret’s code is not said: the user has not touched it', () => {
  expect(codeAnnouncement(null, totp({ from: 'stored' }))).toBeNull()
  expect(codeAnnouncement(totp(), totp({ from: 'stored', code: next }))).toBeNull()
})

test('another secret’s code is said, and nothing when there is none', () => {
  const other = { ...totp().code, code: '771204' }
  expect(codeAnnouncement(totp(), totp({ code: other }))).toMatch(/7 7 1 2 0 4/)
  expect(codeAnnouncement(totp({ from: 'stored' }), totp({ code: next }))).toMatch(/1 0 7 4 5 8/)
  expect(codeAnnouncement(totp(), null)).toBeNull()
})
