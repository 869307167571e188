import { expect, test } from 'vitest'
import { isSettingsKey, type KeyInput } from './settings-key.ts'

const comma: KeyInput = {
  type: 'keyDown',
  key: ',',
  control: true,
  meta: false,
  alt: false,
  shift: false,
  isAutoRepeat: false,
}

test('Ctrl+, opens the settings, and ⌘, on macOS', () => {
  expect(isSettingsKey(comma, 'linux')).toBe(true)
  expect(isSettingsKey(comma, 'win32')).toBe(true)
  expect(isSettingsKey({ ...comma, control: false, meta: true }, 'darwin')).toBe(true)
})

test.each<[string, Partial<KeyInput>]>([
  ['a comma alone', { control: false }],
  ['another key', { key: 'c' }],
  ['with more keys held', { shift: true }],
  ['held down', { isAutoRepeat: true }],
  ['let go', { type: 'keyUp' }],
  ['with the wrong modifier', { control: false, meta: true }],
])('not %s', (_words, part) => {
  expect(isSettingsKey({ ...comma, ...part }, 'linux')).toBe(false)
})

test('Ctrl+, is not it on macOS', () => {
  expect(isSettingsKey(comma, 'darwin')).toBe(false)
})
