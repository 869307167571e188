import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../tests/support/failure.ts'
import { readText } from './text.ts'

const plain = 'KITE_USER_ID=AB1234\r\nKITE_PASSWORD=pässwörd₹😀\r\n'
const utf16le = Buffer.from(plain, 'utf16le')
const utf16be = Buffer.from(utf16le).swap16()

const refusal = async (bytes: Uint8Array) =>
  (await inputErrors(() => readText(bytes, 'env-file')))['env-file']

describe('a text that may hold a secret', () => {
  test.each([
    ['UTF-8', Buffer.from(plain)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${plain}`)],
    ['UTF-16, little end first, with its mark', Buffer.from(`\uFEFF${plain}`, 'utf16le')],
    ['UTF-16, big end first, with its mark', Buffer.from(`\uFEFF${plain}`, 'utf16le').swap16()],
    ['UTF-16, little end first, without a mark', utf16le],
    ['UTF-16, big end first, without a mark', utf16be],
  ])('is read when it is %s', (_how, bytes) => {
    expect(readText(bytes, 'env-file')).toBe(plain)
  })

  test('may be empty, or one letter', () => {
    expect(readText(new Uint8Array(), 'env-file')).toBe('')
    expect(readText(Buffer.from('a'), 'env-file')).toBe('a')
  })

  test('keeps a mark that is not at its beginning', () => {
    expect(readText(Buffer.from('a\uFEFFb'), 'env-file')).toBe('a\uFEFFb')
  })

  test.each([
    [
      'the “ANSI” of Windows',
      'KITE_USER_ID=EF9012\r\nKITE_PASSWORD=p\xe4ssword\r\n',
      /line 2 .*“ANSI”.*as UTF-8/,
    ],
    ['cp1252 with a curly quote', 'KITE_PASSWORD=\x93made-up\x94', /line 1 .*“ANSI”/],
    ['UTF-8 that was cut within a letter', 'A=1\nB=2\nKITE_PASSWORD=p\xc3', /line 3 /],
    ['a letter written longer than it need be', 'KITE_PASSWORD=\xc0\xae', /not UTF-8/],
    ['half of a pair, as UTF-8', 'KITE_PASSWORD=\xed\xa0\x80', /not UTF-8/],
    ['UTF-16 of an odd length', '\xff\xfeA\0=\0x', /UTF-16 .*damaged/],
    ['UTF-16 with half of a pair', '\xff\xfeA\0=\0\x00\xd8', /UTF-16 .*damaged/],
    ['UTF-32', '\xff\xfe\0\0A\0\0\0=\0\0\0', /UTF-32/],
    ['a text with a zero byte', 'KITE_USER_ID=AB1234\0', /not a text/],
    ['a zip archive', 'PK\x03\x04\x14\0\0\0', /zip archive/],
    ['a PDF document', '%PDF-1.7\n%\xe2\xe3\xcf\xd3', /PDF/],
    ['a SQLite database', 'SQLite format 3\0\x10\0', /SQLite/],
  ])('is refused, and none of it repeated, when it is %s', async (_what, latin1, sentence) => {
    const said = await refusal(Buffer.from(latin1, 'latin1'))
    expect(said).toMatch(sentence)
    expect(said).not.toMatch(/\uFFFD|ssword|AB1234|made-up/)
  })

  test('of a megabyte is judged in a moment, whatever it is of', async () => {
    for (const byte of [0, 0x0a, 0x41, 0xe4])
      await refusal(Buffer.alloc(1_000_000, byte)).catch(() => undefined)
  })
})
