import { describe, expect, test } from 'vitest'
import { lastQueryValue, pageError, statusError } from './replies.ts'

describe('the value of a field in an address', () => {
  test.each([
    ['https://me.example/cb?code=1', '1'],
    ['https://me.example/cb?code=mine&code=1', '1'],
    ['https://me.example/cb?a=1&code=1&b=2', '1'],
    ['https://me.example/cb?a=1#code=1', '1'],
    ['https://me.example/cb?code=mine#code=1', '1'],
    ['https://me.example/#/route?code=mine&code=1', '1'],
    ['https://me.example/?code=1#/route', '1'],
    ['myapp://callback?code=1', '1'],
    ['https://me.example/cb?code=', ''],
    ['https://me.example/cb?codes=1#xcode=1', null],
    ['https://me.example/code=1', null],
  ])('of %s is %j', (address, value) => {
    expect(lastQueryValue(new URL(address), 'code')).toBe(value)
  })
})

test.each([404, 405, 410])('status %i without a word of the broker’s has judged nothing', (status) => {
  const page = { status, headers: new Headers(), body: '<html>' }
  for (const error of [statusError(status), pageError(page)])
    expect([error.kind, error.notJudged]).toEqual(['protocol-changed', true])
})

test('another page where none was due is a wall', () => {
  const page = { status: 403, headers: new Headers(), body: '<html>' }
  expect([pageError(page).kind, statusError(403).notJudged]).toEqual(['bot-wall', false])
})
