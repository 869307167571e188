import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HttpReply } from '../../ports.ts'
import { replyShape } from './reply-shape.ts'

const jsonText = (body: string, status = 400): HttpReply => ({
  status,
  headers: new Headers({ 'content-type': 'application/json; charset=utf-8' }),
  body,
})
const json = (value: unknown, status?: number): HttpReply => jsonText(JSON.stringify(value), status)
const shape = (reply: HttpReply, codes: readonly string[] = []): string[] =>
  replyShape(reply, codes, () => false)

describe('the shape of a reply', () => {
  test('looks at no more keys than are counted', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz'
    const keys = Array.from({ length: 17_576 }, (_, i) =>
      [i, i / 26, i / 676].map((n) => letters[Math.floor(n) % 26]).join(''),
    )
    let asked = 0
    const lines = replyShape(json(Object.fromEntries(keys.map((key) => [key, 1]))), [], () => {
      asked++
      return false
    })
    expect(asked).toBeLessThan(700)
    expect(lines.at(-1)).toMatch(/^and \d+ more$/)
  })

  test('M4: is the first line alone for a reply that is larger than any login’s', () => {
    const sized = (length: number): HttpReply => jsonText(`{"a":"${'x'.repeat(length - '{"a":""}'.length)}"}`)
    expect(shape(sized(200_000))).toEqual(['HTTP 400, json, 200000 characters', 'a: text of 199992'])
    expect(shape(sized(200_001))).toEqual(['HTTP 400, json, 200001 characters'])
  })

  test('is its status, kind, keys, types and lengths', () => {
    const reply = json({
      success: false,
      error: { code: 1017200, message: 'Use the new door.' },
      accounts: [{ profileId: 7, isDefault: true }, { profileId: 8 }],
      next: null,
      nothing: [],
      empty: {},
    })
    expect(shape(reply)).toEqual([
      `HTTP 400, json, ${reply.body.length} characters`,
      'success: false',
      'error.code: number',
      'error.message: text of 17',
      'accounts: list of 2',
      'accounts[0].profileId: number',
      'accounts[0].isDefault: boolean',
      'next: null',
      'nothing: list of 0',
      'empty: object of 0',
    ])
  })

  test('holds the codes that are known, and no other', () => {
    const reply = json({ status: 'error', error_type: 'TwoFAException', code: 'UDAPI100050', data: 'error' })
    expect(shape(reply, ['TwoFAException']).slice(1)).toEqual([
      'status: "error"',
      'error_type: "TwoFAException"',
      'code: text of 11',
      'data: text of 5',
    ])
  })

  test('is the first line alone for what is no JSON', () => {
    const headers = new Headers({ 'content-type': 'text/html; secret=MARKER' })
    expect(shape({ status: 200, headers, body: '<html>MARKER</html>' })).toEqual([
      'HTTP 200, html, 19 characters',
    ])
    expect(shape({ status: 502, headers: new Headers(), body: '' })).toEqual([
      'HTTP 502, no content type, 0 characters',
    ])
    const odd = new Headers({ 'content-type': 'MARKER/MARKER' })
    expect(shape({ status: 200, headers: odd, body: 'x' })).toEqual([
      'HTTP 200, another content type, 1 characters',
    ])
  })

  test('does not name keys that may be values', () => {
    const reply = json({ AB1234: 1, eyJhbGciOi: { deep: 1 }, 'a b': 2, [`k${'x'.repeat(40)}`]: 3, hunter: 4 })
    expect(replyShape(reply, [], (text) => text === 'hunter').slice(1)).toEqual([
      '(key of 6): number',
      'eyJhbGciOi.deep: number',
      '(key of 3): number',
      '(key of 41): number',
      '(key of 6): number',
    ])
  })

  test('stays short, however large and deep the reply is', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`k${'a'.repeat(index % 30)}`, { index }]),
    )
    // Not written from a value: where stacks are small, as on Windows, that overflows and reading does not.
    const deep = `${'['.repeat(3_000)}${']'.repeat(3_000)}`
    expect(shape(json({ list: Array(100).fill(wide) })).length).toBeLessThanOrEqual(62)
    expect(shape(jsonText(deep)).slice(1, 3)).toEqual(['list of 1', '[0]: list of 1'])
    expect(shape(jsonText(deep)).length).toBeLessThanOrEqual(10)
  })
})

test('no value gets into it, whatever the JSON', () => {
  const marker = 'MARKER-7f3a'
  const marked = fc.jsonValue().map((value) => plant(value, marker))
  fc.assert(
    fc.property(marked, fc.integer({ min: 100, max: 599 }), (value, status) => {
      expect(shape(json(value, status), ['known']).join('\n')).not.toContain(marker)
    }),
  )
})

/** The value with the marker in every text, and as one more key of every object. */
function plant(value: unknown, marker: string): unknown {
  if (typeof value === 'string') return `${value}${marker}`
  if (Array.isArray(value)) return value.map((inner) => plant(inner, marker))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, plant(inner, marker)] as const)
  return { ...Object.fromEntries(entries), status: marker, code: marker, [marker]: marker }
}
