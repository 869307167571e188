import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64Of, byteLength, bytesOfBase64 } from './bytes.ts'

// Node's own functions are the judge: the domain does without them.
const texts = fc.string({ unit: 'grapheme', maxLength: 300 })

test('base64 is what Node makes of a text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(base64Of(text)).toBe(Buffer.from(text).toString('base64'))
      expect(byteLength(text)).toBe(Buffer.byteLength(text))
    }),
  )
})

test('a text may be longer than a call can have arguments', () => {
  const text = 'अ'.repeat(200_000)
  expect(base64Of(text)).toBe(Buffer.from(text).toString('base64'))
})

test.each(['base64', 'base64url'] as const)('%s is read as Node reads it', (encoding) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(bytesOfBase64(Buffer.from(bytes).toString(encoding))).toEqual(bytes)
    }),
  )
})

test.each(['a', 'ab*d', 'Aé=='])('%j is no base64', (text) => {
  expect(() => bytesOfBase64(text)).toThrow(DOMException)
})
