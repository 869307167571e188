import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64Of, byteLength, bytesOfBase64, sha256Hex } from './bytes.ts'

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

// FIPS 180-4, as printed in NIST's examples.
test.each([
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
])('the SHA-256 of %j', (text, hex) => {
  expect(sha256Hex(text)).toBe(hex)
})

test('a SHA-256 beyond ASCII is that of the UTF-8', () => {
  expect(sha256Hex('पासवर्ड')).toBe(createHash('sha256').update('पासवर्ड').digest('hex'))
})
