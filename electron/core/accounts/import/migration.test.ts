import { describe, expect, test } from 'vitest'
import {
  addressOf,
  exportAddress,
  exportMessage,
  type ExportedAccount,
} from '../../../../tests/support/authenticator-export.ts'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { Random } from '../../../../tests/support/random.ts'
import { InputError } from '../../errors.ts'
import { parseMigration } from './migration.ts'

// "Hello!" and four more bytes, JBSWY3DPEHPK3PXP in base32.
const secret = Buffer.from('48656c6c6f21deadbeef', 'hex')
const zerodha: ExportedAccount = {
  secret,
  name: 'AB1234',
  issuer: 'Zerodha',
  algorithm: 1,
  digits: 1,
  type: 2,
}

const read = (address: string) => {
  const { secrets, leftOut, part } = parseMigration(address)
  return {
    secrets: secrets.map((found) => [found.issuer, found.label, found.secret.reveal()]),
    leftOut: leftOut.map(({ name }) => name),
    part,
  }
}
const refusal = async (address: string) =>
  (await inputErrors(() => parseMigration(address)))['otpauth-migration']

describe('an export of Google Authenticator', () => {
  // The example of https://github.com/dim13/otpauth
  const known =
    'otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC'

  test('that is publicly known gives its account', () => {
    expect(read(known)).toEqual({
      secrets: [['Example', 'alice@google.com', 'JBSWY3DPEHPK3PXP']],
      leftOut: [],
      part: { number: 1, of: 1 },
    })
  })

  test('of several accounts gives all of them in their order', () => {
    const accounts = [zerodha, { secret, name: 'Upstox:9876543210' }, { ...zerodha, name: '', issuer: '' }]
    expect(read(exportAddress(accounts)).secrets).toEqual([
      ['Zerodha', 'AB1234', 'JBSWY3DPEHPK3PXP'],
      ['Upstox', '9876543210', 'JBSWY3DPEHPK3PXP'],
      ['', '', 'JBSWY3DPEHPK3PXP'],
    ])
  })

  test('says which of several QR codes it is', () => {
    expect(read(exportAddress([zerodha], { size: 3, index: 1 })).part).toEqual({ number: 2, of: 3 })
  })

  test('leaves out, with the reason, what no broker takes', () => {
    const accounts: ExportedAccount[] = [
      { ...zerodha, name: 'counts', type: 1, counter: 300 },
      { ...zerodha, name: 'eight', digits: 2 },
      { ...zerodha, name: 'sha256', algorithm: 2 },
      { ...zerodha, name: 'md5', algorithm: 4 },
      { ...zerodha, name: 'short', secret: secret.subarray(1) },
      { ...zerodha, name: 'none', secret: Buffer.alloc(0) },
      zerodha,
    ]
    const { secrets, leftOut } = parseMigration(exportAddress(accounts))
    expect(secrets.map(({ label }) => label)).toEqual(['AB1234'])
    expect(leftOut.map(({ name, why }) => `${name} ${why}`)).toEqual([
      expect.stringMatching(/^Zerodha: counts makes codes by counting \(HOTP\)/),
      expect.stringMatching(/^Zerodha: eight makes other codes .* 6 digits/),
      expect.stringMatching(/^Zerodha: sha256 makes other codes .* SHA-1/),
      expect.stringMatching(/^Zerodha: md5 makes other codes/),
      expect.stringMatching(/^Zerodha: short has a secret that is too short/),
      expect.stringMatching(/^Zerodha: none has a secret that is empty/),
    ])
  })

  test('takes what the message does not say as the usual', () => {
    expect(read(exportAddress([{ secret }])).secrets).toEqual([['', '', 'JBSWY3DPEHPK3PXP']])
    const unspecified = { ...zerodha, algorithm: 0, digits: 0, type: 0 }
    expect(read(exportAddress([unspecified])).secrets).toHaveLength(1)
  })

  test('shows names in any script and no control characters', () => {
    const accounts = [
      { ...zerodha, name: 'ज़ेरोधा ₹😀' },
      { ...zerodha, name: 'a\u001b[2Jb\u202e' },
    ]
    expect(read(exportAddress(accounts)).secrets.map(([, label]) => label)).toEqual(['ज़ेरोधा ₹😀', 'a [2Jb'])
  })

  test('may have lost its percent signs, its padding, or be written in the other base64', () => {
    // All of the letters that base64 writes in several ways.
    const bytes = Buffer.from([251, 239, 190, 255, 255, 255, 251, 239, 190, 255, 255, 255])
    const address = exportAddress([{ secret: bytes, name: '>>>???' }])
    const expected = read(address)
    const plain = decodeURIComponent(address)
    expect(plain).toMatch(/\+.*\//)
    expect(read(plain)).toEqual(expected)
    expect(read(plain.replace(/=+$/, ''))).toEqual(expected)
    const start = 'otpauth-migration://offline?data='
    const other = plain.slice(start.length).replaceAll('+', '-').replaceAll('/', '_')
    expect(read(start + other)).toEqual(expected)
    expect(read(`  ${address}\n`)).toEqual(expected)
  })

  test('skips fields that later versions may add', () => {
    const more = Buffer.from([0x31, 1, 2, 3, 4, 5, 6, 7, 8, 0x3d, 1, 2, 3, 4, 0x42, 2, 9, 9, 0x48, 1])
    expect(read(addressOf(Buffer.concat([more, exportMessage([zerodha]), more]))).secrets).toHaveLength(1)
  })

  test.each([
    ['another address', 'https://example.com/?data=AAAA', /not an otpauth-migration/],
    ['no address', 'otpauth-migration', /not an otpauth-migration/],
    ['nothing', '', /not an otpauth-migration/],
    ['no data', 'otpauth-migration://offline', /no accounts.*whole/],
    ['empty data', 'otpauth-migration://offline?data=', /no accounts/],
    ['only padding', 'otpauth-migration://offline?data=%3D%3D', /no accounts/],
    ['what is not base64', 'otpauth-migration://offline?data=%E2%82%B9%21', /damaged/],
    ['base64 of an impossible length', 'otpauth-migration://offline?data=AAAAA', /damaged/],
    ['broken percent signs', 'otpauth-migration://offline?data=%ZZ%', /damaged/],
    ['a message without accounts', addressOf(Buffer.from([0x10, 0x01])), /no accounts/],
    ['a field with the number 0', addressOf(Buffer.from([0x00, 0x01])), /damaged/],
    ['a group, which nobody uses', addressOf(Buffer.from([0x0b, 0x0c])), /damaged/],
    ['a wire type that is none', addressOf(Buffer.from([0x0f])), /damaged/],
    ['a number without an end', addressOf(Buffer.alloc(40, 0xff)), /damaged/],
    ['a length of 2^63', addressOf(Buffer.from('0affffffffffffffff7f00', 'hex')), /damaged/],
    ['a length of 2^32 and 1', addressOf(Buffer.from('0a818080801000', 'hex')), /damaged/],
    ['a number where an account belongs', addressOf(Buffer.from([0x08, 0x01])), /damaged/],
    ['an account whose secret is a number', addressOf(Buffer.from([0x0a, 2, 0x08, 1])), /damaged/],
    ['an account whose kind is a text', addressOf(Buffer.from([0x0a, 3, 0x32, 1, 0x41])), /damaged/],
    ['a fixed-width field cut short', addressOf(Buffer.from([0x31, 1, 2, 3])), /damaged/],
  ])('is refused with a sentence when it is %s', async (_what, address, sentence) => {
    expect(await refusal(address)).toMatch(sentence)
  })

  test('cut short at any letter is refused, or is a shorter export, and never repeated', () => {
    const address = exportAddress([zerodha, { ...zerodha, name: 'CD5678' }], { size: 2, index: 0 })
    for (let length = 0; length < address.length; length++) {
      const said = JSON.stringify(outcome(address.slice(0, length)))
      expect(said).toMatch(/damaged|no accounts|not an otpauth-migration|AB1234/)
      expect(said).not.toContain('JBSW')
    }
  })

  test('made of random bytes is refused or read, and nothing else', () => {
    const random = new Random(1)
    const whole = exportMessage([zerodha, zerodha])
    for (let round = 0; round < 3_000; round++) {
      const bytes = Buffer.from(whole)
      for (let change = random.between(1, 6); change > 0; change--) {
        bytes[random.between(0, bytes.length - 1)] = random.between(0, 255)
      }
      outcome(addressOf(bytes))
    }
  })

  test('of a megabyte is read in a moment', async () => {
    expect(await refusal(`otpauth-migration://offline?data=${'/'.repeat(1_000_000)}`)).toMatch(/damaged/)
    const many = exportAddress(Array.from({ length: 20_000 }, () => zerodha))
    expect(read(many).secrets).toHaveLength(20_000)
  })
})

/** What comes of an address: an export, or the sentences of an InputError. Anything else is thrown. */
function outcome(address: string): unknown {
  try {
    return parseMigration(address)
  } catch (error) {
    if (error instanceof InputError) return error.errors
    throw error
  }
}
