import { describe, expect, test } from 'vitest'
import { recordPress, shortcutWords, type Press } from './recorder.ts'

const press = (key: string, code: string, held: Partial<Press> = {}): Press => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...held,
})
const ctrlAlt = { ctrlKey: true, altKey: true }

describe('recording a shortcut', () => {
  test.each<[Press, string]>([
    [press('t', 'KeyT', ctrlAlt), 'Control+Alt+T'],
    [press('T', 'KeyT', { ...ctrlAlt, shiftKey: true }), 'Control+Alt+Shift+T'],
    // Held modifiers change `key`; `code` still names the physical key.
    [press('!', 'Digit1', { ctrlKey: true, shiftKey: true }), 'Control+Shift+1'],
    [press('†', 'KeyT', { altKey: true }), 'Alt+T'],
    // Another layout has another letter on this physical key, and the user sees the letter.
    [press('a', 'KeyQ', ctrlAlt), 'Control+Alt+A'],
    [press(' ', 'Space', { altKey: true }), 'Alt+Space'],
    [press('ArrowUp', 'ArrowUp', ctrlAlt), 'Control+Alt+Up'],
    [press('<', 'Comma', { ctrlKey: true, shiftKey: true }), 'Control+Shift+,'],
    [press('F9', 'F9'), 'F9'],
    [press('t', 'KeyT', { metaKey: true }), 'Super+T'],
  ])('hears %j as %s', (pressed, shortcut) => {
    expect(recordPress(pressed, 'linux')).toMatchObject({ kind: 'shortcut', shortcut })
  })

  test('hears ⌘ on macOS', () => {
    expect(recordPress(press('t', 'KeyT', { metaKey: true, shiftKey: true }), 'darwin')).toEqual({
      kind: 'shortcut',
      shortcut: 'Shift+Command+T',
      words: '⇧⌘T',
    })
  })

  test('shows the modifiers that are held, and waits', () => {
    expect(recordPress(press('Alt', 'AltLeft', ctrlAlt), 'linux')).toEqual({
      kind: 'modifiers',
      words: 'Ctrl + Alt + …',
    })
  })

  test.each([
    press('1', 'Numpad1', ctrlAlt),
    press('AudioVolumeUp', 'AudioVolumeUp', ctrlAlt),
    press('Dead', 'IntlBackslash', ctrlAlt),
    press('Enter', 'Enter', ctrlAlt),
  ])('can’t use %j', (pressed) => {
    expect(recordPress(pressed, 'linux')).toEqual({ kind: 'unusable' })
  })
})

test('a shortcut is shown with the labels of the keys', () => {
  expect(shortcutWords('Control+Alt+T', 'linux')).toBe('Ctrl + Alt + T')
  expect(shortcutWords('Super+T', 'win32')).toBe('Windows + T')
  expect(shortcutWords('Control+Alt+Shift+Command+T', 'darwin')).toBe('⌃⌥⇧⌘T')
})
