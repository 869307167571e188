import { describe, expect, test } from 'vitest'
import { Secret } from '../../secret.ts'
import { cleanWords } from './clean-text.ts'

const clean = (words: string, ...secrets: string[]): string =>
  cleanWords(
    words,
    secrets.map((value) => new Secret(value)),
  )

describe('a broker’s words', () => {
  test('stay as they are when there is nothing to hide', () => {
    const words = 'Invalid `password` – 3 attempts left, शेष प्रयास 3.'
    expect(clean(words, 'a password')).toBe(words)
  })

  test.each([
    ['as it was typed', 'p&ss "w<o>rd\\é', 'p&ss "w<o>rd\\é'],
    ['as a part of an address', 'p&ss word+é', encodeURIComponent('p&ss word+é')],
    ['as a form field', 'p&ss word+é', 'p%26ss+word%2B%C3%A9'],
    ['inside JSON', 'p"ss\\word', 'p\\"ss\\\\word'],
    ['as HTML', 'p&ss<word>', 'p&amp;ss&lt;word&gt;'],
    ['as HTML with quotes by name', `p"ss'word`, 'p&quot;ss&#39;word'],
    ['as HTML with quotes by number', `p"ss'word`, 'p&#34;ss&#x27;word'],
    ['as a part of an address with small hex digits', 'p&ss/é', 'p%26ss%2f%c3%a9'],
  ])('lose a secret that comes back %s', (_how, secret, echoed) => {
    expect(clean(`before ${echoed} after ${echoed}.`, secret)).toBe('before [secret] after [secret].')
  })

  test('lose each of several secrets, every time', () => {
    expect(clean('one two one three', 'one', 'two')).toBe('[secret] [secret] [secret] three')
  })

  test('lose a secret whole when another one is a part of it', () => {
    for (const secrets of [
      ['abc', 'abc-and-more'],
      ['abc-and-more', 'abc'],
    ])
      expect(clean('sent: abc-and-more', ...secrets)).not.toContain('more')
  })

  test('are not touched by an empty secret', () => {
    expect(clean('words', '')).toBe('words')
  })

  test('take a secret with signs of a pattern or a replacement literally', () => {
    expect(clean('a.c abc $& x', '$&')).toBe('a.c abc [secret] x')
    expect(clean('a.c abc', 'a.c')).toBe('[secret] abc')
  })

  test('lose control characters, line ends and what turns text around', () => {
    const words = '\u0000a\u001b[31mb\r\nc\u202ed\u2066e\u200bf\u2028g\u007fh\u0085'
    expect(clean(words)).toBe('a [31mb c d e f g h')
  })

  test('L6: lose what can’t be seen: letter marks, invisible operators, byte order marks and tags', () => {
    const words = `a\u061cb\u2060\u2064c\ufeffd${String.fromCodePoint(0xe0041, 0xe007f, 0xe0000)}e`
    expect(clean(words)).toBe('a b c d e')
  })

  test('are cut to what a person would read', () => {
    expect(clean('x'.repeat(500))).toBe('x'.repeat(500))
    expect(clean('x'.repeat(501))).toBe(`${'x'.repeat(500)}…`)
  })

  test('never show a secret of any length, nor fail over one', () => {
    const long = 'aB3$'.repeat(5_000)
    expect(clean(`refused: ${long} again`, long)).toMatch(/^refused: (\[secret\])+ again$/)
    expect(clean('refused', long)).toBe('refused')
  })

  test('are cleaned at once of a secret full of backslashes, which may each escape the next', () => {
    for (const secret of ['\\'.repeat(200), '\\"'.repeat(100), '\\u005c'.repeat(40)]) {
      const almost = secret.repeat(2).slice(0, -1)
      expect(clean(`${secret.slice(1)}-${almost.replaceAll('\\', '\\\\')}-`, `${secret}!`)).toContain('-')
      expect(clean(`before ${secret}! after`, `${secret}!`)).toBe('before [secret] after')
      expect(clean(`before ${secret.replaceAll('\\', '\\\\')}! after`, `${secret}!`)).toBe(
        'before [secret] after',
      )
    }
  })

  test('never show half a secret at the cut', () => {
    const words = clean(`${'x'.repeat(495)}a password`, 'a password')
    expect(words).not.toContain('a pas')
  })
})
