import fc from 'fast-check'
import { expect, test } from 'vitest'
import { envelopeReader } from './envelopes.ts'

const read = envelopeReader({
  code: ['errorcode', 'error.code', 'errors.0.code'],
  words: ['message', 'error.message'],
  refused: { status: ['false', 'error'], success: ['false'] },
  onlyRefused: ['error.code'],
})

test.each([
  [
    { status: true, message: 'SUCCESS', errorcode: '' },
    { code: '', words: 'SUCCESS', isRefusal: false },
  ],
  [
    { status: 'False', message: 'No', errorcode: 'A1' },
    { code: 'A1', words: 'No', isRefusal: true },
  ],
  [
    { success: false, message: 'No' },
    { code: '', words: 'No', isRefusal: true },
  ],
  [{ error: { code: 42, message: 'No' } }, { code: '42', words: 'No', isRefusal: true }],
  [
    { errors: [{ code: 'E' }], status: 'ok' },
    { code: 'E', words: '', isRefusal: false },
  ],
  ['Too many requests', { code: '', words: 'Too many requests', isRefusal: true }],
  [null, { code: '', words: '', isRefusal: false }],
  [[1, 2], { code: '', words: '', isRefusal: false }],
  [
    { message: { text: 'No' }, errorcode: ['A1'] },
    { code: '', words: '', isRefusal: false },
  ],
])('%j', (json, envelope) => {
  expect(read(json)).toEqual(envelope)
})

test('nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(typeof read(json).words).toBe('string')
    }),
  )
})
