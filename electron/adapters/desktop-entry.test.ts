import { expect, test } from 'vitest'
import { execLine, readDesktopEntry, stringValue } from './desktop-entry.ts'

test.each([
  [['/usr/bin/tokentray', '--hidden'], '"/usr/bin/tokentray" "--hidden"'],
  [['/opt/My Apps/tokentray'], '"/opt/My Apps/tokentray"'],
  // The specification's own example: a literal dollar sign is \\$ and a backslash four.
  [['$HOME'], '"\\\\$HOME"'],
  [['a\\b'], '"a\\\\\\\\b"'],
  [['"quoted"', '`run`'], '"\\\\"quoted\\\\"" "\\\\`run\\\\`"'],
  [['50%f'], '"50%%f"'],
])('the command %j is written %s', (command, line) => {
  expect(execLine(command)).toBe(line)
})

test('a line break in a path is refused: it would begin another key', () => {
  expect(() => execLine(['/tmp/a\nExec=evil'])).toThrow('line break')
})

test('what is written as a value is read as it was', () => {
  const odd = 'C:\\new\ttab\nline\\s'
  const entry = readDesktopEntry(`[Desktop Entry]\nTryExec=${stringValue(odd)}\n`)
  expect(entry?.get('TryExec')).toBe(odd)
})

test('only the main group counts, and comments and spaces don’t', () => {
  const entry = readDesktopEntry(
    '# mine\n[Desktop Entry]\nType = Application\n\n[Desktop Action new]\nType=Other\nHidden=true\n',
  )
  expect(entry?.get('Type')).toBe('Application')
  expect(entry?.has('Hidden')).toBe(false)
})

test.each(['', 'nothing of the kind', '[Other]\nType=Application\n'])('%j is no desktop entry', (text) => {
  expect(readDesktopEntry(text)).toBe(null)
})
