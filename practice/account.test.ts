import { expect, test } from 'vitest'
import { Account, EntryCounter } from './account.ts'

function accountAt(ms: number, totpSecret = 'PRACTICEPRACTICEPRACTICEPRACTICE') {
  const clock = { ms }
  const account = new Account({ totp_secret: totpSecret }, () => clock.ms)
  return { account, clock }
}

// The last six digits of https://www.rfc-editor.org/rfc/rfc6238#appendix-B
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [20_000_000_000, '353130'],
])('at %i s the code of the RFC is the one that passes', (seconds, code) => {
  const { account } = accountAt(seconds * 1000 + 999, 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect(account.code()).toBe(code)
  expect(account.enterCode(code)).toBe('right')
  expect(account.codesSeen).toEqual([Math.floor(seconds / 30)])
})

// Made with: oathtool --totp -b PRACTICEPRACTICEPRACTICEPRACTICE -N '2026-01-05 03:00:00 UTC'
test('the made-up secret makes the codes that oathtool makes', () => {
  const { account, clock } = accountAt(Date.UTC(2026, 0, 5, 3, 0, 0))
  expect(account.code()).toBe('514152')
  clock.ms += 30_000
  expect(account.code()).toBe('617536')
})

test('a code passes in its own window and in the one after it', () => {
  const START = 1_800_000_000_000
  for (const [offset, verdict] of [
    [-30_000, 'wrong'],
    [-1, 'wrong'],
    [0, 'right'],
    [59_999, 'right'],
    [60_000, 'wrong'],
  ] as const) {
    const { account, clock } = accountAt(START)
    const code = account.code()
    clock.ms += offset
    expect([offset, account.enterCode(code)]).toEqual([offset, verdict])
  }
})

test('five wrong entries in sum block an account, until it is unblocked', () => {
  const tries = new EntryCounter()
  const left: number[] = []
  for (let round = 0; round < 2; round += 1) {
    expect([tries.enterPassword(false), tries.noteCode(false), tries.noteCode(true)]).toEqual([
      'wrong',
      'wrong',
      'right',
    ])
    left.push(tries.attemptsLeft)
    expect([tries.noteCode(false), tries.noteCode(false)]).toEqual(['wrong', 'wrong'])
    expect(tries.isBlocked).toBe(false)
    expect([tries.enterPassword(false), tries.enterPassword(false), tries.noteCode(true)]).toEqual([
      'blocked',
      'blocked',
      'blocked',
    ])
    left.push(tries.attemptsLeft)
    expect(tries.isBlocked).toBe(true)
    tries.unblock()
  }
  expect(left).toEqual([3, 0, 3, 0])
  expect([tries.wrongPasswords, tries.wrongCodes]).toEqual([4, 6])
})
