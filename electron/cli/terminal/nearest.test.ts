import { expect, test } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

const commands = ['login', 'status', 'token', 'totp', 'account', 'logout']

test.each([
  ['statsu', 'status'],
  ['lgoin', 'login'],
  ['toekn', 'token'],
  ['acc', 'account'],
  ['acount', 'account'],
  ['fly', null],
  ['x', null],
  ['', null],
])('“%s” probably meant %s', (typed, meant) => {
  expect(nearest(typed, commands)).toBe(meant)
})

test('a hint is a sentence, or nothing', () => {
  expect(didYouMean('statsu', commands)).toBe(' Did you mean “status”?')
  expect(didYouMean('fly', commands)).toBe('')
})
