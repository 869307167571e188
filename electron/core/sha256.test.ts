import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha256Hex } from './sha256.ts'

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
