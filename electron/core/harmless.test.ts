import { describe, expect, test } from 'vitest'
import { fitsHeader, harmless, harmlessLines } from './harmless.ts'

describe('a foreign text', () => {
  test.each([
    ['an escape that clears the screen', '\x1b[2J'],
    ['an escape that sets the clipboard', '\x1b]52;c;cm0gLXJmIC8=\x07'],
    ['the same in the control characters of 8 bits', '\x9d52;c;cm0gLXJmIC8=\x9c'],
    ['a window’s title', '\x1b]0;title\x1b\\'],
    ['a device control string', '\x1bP$q"p\x1b\\'],
    ['a carriage return, which hides what stands before', 'refused\raccepted'],
    ['a backspace', 'no\b\byes'],
    ['an Arabic letter mark', 'a\u061cb'],
    ['invisible operators', 'a\u2060\u2061\u2062\u2063\u2064b'],
    ['a byte order mark', 'a\ufeffb'],
    ['tags, which spell unseen words', `a${String.fromCodePoint(0xe0001, 0xe0041, 0xe007f)}b`],
    ['what turns text around', 'a\u202eb\u2066c\u200fd'],
    ['a soft hyphen and fillers', 'a\u00adb\u3164c\uffa0d'],
  ])('loses %s, on one line and on several', (_what, text) => {
    const foreign =
      /[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|\udb40/
    expect(text).toMatch(foreign)
    expect(harmless(text)).not.toMatch(foreign)
    expect(harmlessLines(text)).not.toMatch(foreign)
  })

  test('keeps every letter and sign of people', () => {
    const words = 'Ungültig – 3 attempts left, शेष प्रयास 3. “₹” שלום ⚠️ 🎉'
    expect(harmless(words)).toBe(words)
  })

  test('keeps lines and tabs only where there may be several', () => {
    expect(harmlessLines('a\n\tb\r\nc')).toBe('a\n\tb \nc')
    expect(harmless('a\n\tb\r\nc')).toBe('a b c')
    expect(harmless('a\u200bb', '?')).toBe('a?b')
  })
})

test('only printable ASCII without spaces at its ends fits a header', () => {
  for (const good of ['x', 'a1B2==', 'token one', '~!"#$%&\'()*+']) expect(fitsHeader(good)).toBe(true)
  for (const bad of ['', ' a', 'a ', 'a\nb', 'a\n', 'a\x1bb', 'a\x7f', 'é', 'a\u202eb', 'a\tb'])
    expect(fitsHeader(bad)).toBe(false)
})
