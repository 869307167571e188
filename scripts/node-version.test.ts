import { expect, it } from 'vitest'
import { isNewEnough } from './node-version.mjs'

it.each([
  ['18.20.8', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['21.0.0', true],
  ['22.12.0', true],
])('Node %s will do: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected)
})
