import { describe, expect, test } from 'vitest'
import { accelerator, isAccelerator, isTimeOfDay, shortcutFault } from './settings-limits.ts'

describe('a shortcut', () => {
  test.each([
    'Control+Alt+T',
    'Control+Shift+5',
    'Alt+Space',
    'Super+T',
    'Control+Alt+Shift+Super+Home',
    'Shift+Command+T',
    'F9',
    'F24',
    'Shift+F1',
    'Control+Alt+,',
  ])('may be %s', (shortcut) => {
    expect(shortcutFault(shortcut)).toBe(null)
  })

  test.each(['Control+C', 'Control+,', 'Command+V', 'Shift+A', 'T', 'Space'])(
    'may not be %s, which other programs need',
    (shortcut) => {
      expect(shortcutFault(shortcut)).toBe('Use a combination, such as Ctrl+Alt+T.')
    },
  )

  test.each([
    '',
    '+',
    'Control+Alt',
    'Control+Alt+',
    'Control+Alt+t',
    'Alt+Control+T',
    'Control+Control+Alt+T',
    'CommandOrControl+Alt+T',
    'Control+Alt+F25',
    'Control+Alt+T ',
    'Control+Alt+Escape',
    'Control+Alt+VolumeUp',
  ])('can’t be “%s”, which is no shortcut or is spelled otherwise', (shortcut) => {
    expect(shortcutFault(shortcut)).toBe('This is not a shortcut TokenTray can use.')
    expect(isAccelerator(shortcut)).toBe(false)
  })

  test('has one spelling, in whatever order the keys were held', () => {
    expect(accelerator(new Set(['Shift', 'Alt', 'Control']), 'T')).toBe('Control+Alt+Shift+T')
    expect(accelerator(new Set(), 'F9')).toBe('F9')
  })
})

test.each(['00:00', '08:15', '23:59'])('%s is a time of day', (text) => {
  expect(isTimeOfDay(text)).toBe(true)
})

test.each(['', '8:15', '24:00', '08:60', '08:15:00', ' 08:15', '08:15\n'])('“%s” is none', (text) => {
  expect(isTimeOfDay(text)).toBe(false)
})
