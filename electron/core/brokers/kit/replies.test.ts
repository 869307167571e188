import { describe, expect, test } from 'vitest'
import { lastQueryValue } from './replies.ts'

describe('the broker’s field on the address that a login ends at', () => {
  test.each([
    ['?code=R', 'R'],
    ['?mine=1&code=R&more=2', 'R'],
    ['?code=mine&code=R', 'R'],
    ['?code=R#top', 'R'],
    ['#code=R', 'R'],
    ['#/back?code=R', 'R'],
    ['?code=mine#/back?x=1&code=R', 'R'],
    ['#/back&code=R', 'R'],
    ['?code=a%2Bb%26c', 'a+b&c'],
    ['?code=', ''],
    ['?xcode=R', null],
    ['', null],
  ])('of “%s” is %j', (rest, value) => {
    expect(lastQueryValue(new URL(`https://me.example/cb${rest}`), 'code')).toBe(value)
  })
})
