import { describe, expect, test } from 'vitest'
import { exportAddress, type ExportedAccount } from '../../../../tests/support/authenticator-export.ts'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { registry } from '../../brokers/registry.ts'
import { InputError } from '../../errors.ts'
import type { ReadQrCodes } from '../../ports.ts'
import type { EnvPreview } from '../env/preview.ts'
import { nameOf } from './found-secret.ts'
import { readImport } from './import.ts'

const secret = 'JBSWY3DPEHPK3PXP'
const zerodha = `otpauth://totp/Zerodha:AB1234?secret=${secret}&issuer=Zerodha`
const upstox = `otpauth://totp/Upstox:9876543210?secret=GEZDGNBVGY3TQOJQ`
const exported: ExportedAccount = { secret: Buffer.from('48656c6c6f21deadbeef', 'hex'), name: 'exported' }

/** A picture is whatever is no text; its QR codes are what the test says. */
const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47])
const qrCodes =
  (...texts: string[]): ReadQrCodes =>
  () =>
    Promise.resolve(texts)

const read = (file: string | Buffer, readQrCodes = qrCodes()) =>
  readImport(Buffer.from(file), registry.values(), readQrCodes)

async function secretsIn(file: string | Buffer, readQrCodes?: ReadQrCodes) {
  const found = await read(file, readQrCodes)
  if (found.kind !== 'secrets') throw new Error('it was taken for a .env file')
  return {
    ...found,
    names: found.secrets.map(nameOf),
    values: found.secrets.map((one) => one.secret.reveal()),
  }
}

async function fitsOf(file: string | Buffer) {
  const found = await read(file)
  if (found.kind !== 'env-file') throw new Error('it was not taken for a .env file')
  return found.fits
}

const envs = (fit: EnvPreview | undefined) => fit?.found.map(({ env }) => env)
const missing = (fit: EnvPreview | undefined) => fit?.missing.map(({ env }) => env)
const wrong = (fit: EnvPreview | undefined) =>
  fit?.found.flatMap(({ env, wrong: why }) => (why === null ? [] : [[env, why]]))
const totpSecret = (fit: EnvPreview | undefined) =>
  fit?.found.find(({ field }) => field.kind === 'totp')?.value?.reveal()

const refusal = (file: string | Buffer, readQrCodes?: ReadQrCodes) =>
  inputErrors(() => read(file, readQrCodes))

describe('TOTP secrets are found in', () => {
  test('a text with an address, whatever is around it', async () => {
    for (const text of [zerodha, `\uFEFF${zerodha}\r\n`, `# from Zerodha\n\n  ${zerodha}\nthat was it`]) {
      expect(await secretsIn(text)).toMatchObject({ names: ['Zerodha: AB1234'], values: [secret] })
    }
  })

  test('a text with several addresses of both kinds, each once', async () => {
    const text = [zerodha, upstox, exportAddress([exported]), zerodha].join('\n')
    expect((await secretsIn(text)).names).toEqual(['Zerodha: AB1234', 'Upstox: 9876543210', 'exported'])
  })

  test('a text that is nothing but the secret, as brokers print it', async () => {
    for (const text of [secret, 'jbsw y3dp ehpk 3pxp\n', 'JBSW-Y3DP-EHPK-3PXP']) {
      expect(await secretsIn(text)).toMatchObject({ names: ['without a name'], values: [secret] })
    }
  })

  test('a picture with a QR code, and beside others', async () => {
    expect((await secretsIn(picture, qrCodes(zerodha))).names).toEqual(['Zerodha: AB1234'])
    expect((await secretsIn(picture, qrCodes('https://example.com', upstox))).values).toHaveLength(1)
    expect((await secretsIn(picture, qrCodes(secret))).values).toEqual([secret])
  })

  test('several QR codes of one export, and it says how many are missing', async () => {
    const parts = [0, 1, 2].map((index) =>
      exportAddress([{ ...exported, name: String(index) }], { size: 3, index }),
    )
    expect((await secretsIn(parts.slice(0, 2).join('\n'))).parts).toEqual({ here: 2, of: 3 })
    expect(await secretsIn(picture, qrCodes(...parts))).toMatchObject({
      names: ['0', '1', '2'],
      parts: { here: 3, of: 3 },
    })
    expect((await secretsIn(zerodha)).parts).toEqual({ here: 1, of: 1 })
  })

  test('what is left when some can’t be used', async () => {
    const hotp = `otpauth://hotp/x?secret=${secret}&counter=1`
    const found = await secretsIn([hotp, exportAddress([{ ...exported, digits: 2 }]), zerodha].join('\n'))
    expect(found.names).toEqual(['Zerodha: AB1234'])
    expect(found.leftOut.map(({ name, why }) => `${name} ${why}`)).toEqual([
      expect.stringMatching(/^x makes codes by counting/),
      expect.stringMatching(/^exported makes other codes/),
    ])
  })
})

describe('UTF-16, which Windows PowerShell 5 writes, is read', () => {
  test.each(['\uFEFF', ''])('with its mark or without: %j', async (mark) => {
    const encoded = (text: string) => Buffer.from(mark + text, 'utf16le')
    expect((await secretsIn(encoded(`${zerodha}\r\n`))).values).toEqual([secret])
    const [best] = await fitsOf(encoded('KITE_USER_ID=AB1234\r\nKITE_PASSWORD=made-up\r\n'))
    expect(envs(best)).toEqual(['KITE_USER_ID', 'KITE_PASSWORD'])
  })
})

describe('a .env file fits', () => {
  const kiteLines = [
    'KITE_API_KEY=your_api_key',
    'KITE_API_SECRET=your_api_secret',
    'KITE_USER_ID=AB1234',
    'KITE_PASSWORD=your_zerodha_password',
    `KITE_TOTP_SECRET=${secret} # example only; your real secret is longer`,
  ]

  test('Kite Connect with the names in use, and nothing is missing', async () => {
    const [best] = await fitsOf(kiteLines.join('\n'))
    expect(best?.broker.id).toBe('kite-connect')
    expect(envs(best)).toEqual([
      'KITE_API_KEY',
      'KITE_API_SECRET',
      'KITE_USER_ID',
      'KITE_PASSWORD',
      'KITE_TOTP_SECRET',
    ])
    expect([missing(best), wrong(best), best?.withoutTotp]).toEqual([[], [], null])
    expect(totpSecret(best)).toBe(secret)
  })

  test('Upstox with the names of upstox-totp, which has more', async () => {
    // As in https://github.com/batpool/upstox-totp/blob/master/docs/configuration.rst
    const text = [
      '# Upstox Account Credentials',
      'UPSTOX_USERNAME=9876543210',
      'UPSTOX_PASSWORD=your-secure-password',
      'UPSTOX_PIN_CODE=1234',
      '',
      `export UPSTOX_TOTP_SECRET=${secret}`,
      'UPSTOX_CLIENT_ID=your-client-id-here',
      'UPSTOX_CLIENT_SECRET=your-client-secret-here',
      'UPSTOX_REDIRECT_URI=https://your-app.com/callback',
      'UPSTOX_DEBUG=false',
      'UPSTOX_SLEEP_TIME=1000',
    ].join('\r\n')
    const [best, ...others] = await fitsOf(text)
    expect(others).toEqual([])
    expect(best?.broker.id).toBe('upstox')
    expect([missing(best), wrong(best)]).toEqual([[], []])
    expect(envs(best)).toContain('UPSTOX_PIN_CODE')
    expect(totpSecret(best)).toBe(secret)
  })

  test('several brokers, the one with the least missing first', async () => {
    const fits = await fitsOf([...kiteLines, 'UPSTOX_USERNAME=9876543210'].join('\n'))
    expect(fits[0]?.broker.id).toBe('kite-connect')
    const last = fits.at(-1)
    expect(last?.broker.id).toBe('upstox')
    expect([envs(last), totpSecret(last)]).toEqual([['UPSTOX_USERNAME'], undefined])
  })

  test('and it says what is missing and what is wrong, without the values', async () => {
    const text = 'KITE_API_KEY=key\nKITE_USER_ID=me\nKITE_TOTP_SECRET=123456\nKITE_PASSWORD=\n'
    const fit = (await fitsOf(text)).find(({ broker }) => broker.id === 'kite-connect')
    expect(envs(fit)).toEqual(['KITE_API_KEY', 'KITE_USER_ID', 'KITE_TOTP_SECRET'])
    expect(missing(fit)).toEqual(['KITE_API_SECRET', 'KITE_PASSWORD'])
    expect(wrong(fit)).toEqual([
      ['KITE_USER_ID', expect.stringMatching(/AB1234/)],
      ['KITE_TOTP_SECRET', expect.stringMatching(/looks like a code/)],
    ])
    expect(JSON.stringify(await fitsOf(kiteLines.join('\n')))).not.toMatch(/your_|JBSW/)
  })

  test('also with an address in it, which is one of its values', async () => {
    const text = `KITE_USER_ID=AB1234\nKITE_TOTP_SECRET="${zerodha}"\n# old: ${upstox}`
    const [best] = await fitsOf(text)
    expect([totpSecret(best), wrong(best)]).toEqual([zerodha, []])
  })

  test('and the name of a variable in a value is no secret', async () => {
    const [best] = await fitsOf(`KITE_USER_ID=AB1234\nKITE_TOTP_SECRET=TOTP=${secret}`)
    expect(wrong(best)).toEqual([['KITE_TOTP_SECRET', expect.stringMatching(/“=”/)]])
  })

  test('but not when a quote is never closed', async () => {
    expect(await refusal('KITE_USER_ID=AB1234\nKITE_PASSWORD="secret words')).toEqual({
      'env-file': expect.stringMatching(/^line 2/),
    })
  })
})

describe('a file is refused with a sentence that helps', () => {
  test.each([
    ['empty', '', /neither.*KITE_TOTP_SECRET/],
    ['prose', 'Dear diary,\nmy secret is safe.\n', /neither/],
    ['names of nobody', 'PASSWORD=hunter2\n', /neither/],
    ['longer than any export', 'x'.repeat(1_000_001), /longer than any export/],
    ['larger than 10 MB', Buffer.alloc(10_000_001), /10 MB/],
    [
      'nothing but other accounts',
      `${upstox}&digits=8\n${zerodha}&period=60`,
      /“Upstox: 9876543210” makes other.*“Zerodha: AB1234”/,
    ],
  ])('%s', async (_what, file, sentence) => {
    const errors = await refusal(file)
    expect(errors['import']).toMatch(sentence)
    expect(JSON.stringify(errors)).not.toMatch(/hunter2|JBSW/)
  })

  test('a single address that can’t be used says why by itself', async () => {
    expect(await refusal(`${zerodha}&digits=8`)).toEqual({ otpauth: expect.stringMatching(/6 digits/) })
    expect(await refusal('otpauth-migration://offline?data=!')).toHaveProperty(['otpauth-migration'])
  })

  test('an export of nothing but what can’t be used', async () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ ...exported, type: 1, name: `steam ${index}` }))
    const said = (await refusal(exportAddress(many)))['import']
    expect(said).toMatch(/“steam 0” makes codes by counting.*“steam 2”.*and so on$/)
    expect(said).not.toContain('steam 3')
  })

  test('a picture with another QR code', async () => {
    expect(await refusal(picture, qrCodes('https://example.com'))).toEqual({
      picture: expect.stringMatching(/not that of a TOTP secret/),
    })
  })

  test.each([
    [
      'an SVG drawing',
      '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>',
      /SVG.*screenshot/,
    ],
    ['a picture in a page', '<img src="data:image/png;base64,iVBORw0KGgo=">', /data: address.*screenshot/],
  ])('%s', async (_what, text, sentence) => {
    expect((await refusal(text))['picture']).toMatch(sentence)
  })

  test('a message that is encrypted', async () => {
    expect(await refusal('-----BEGIN PGP MESSAGE-----\n\nwcBMA\n')).toEqual({
      import: expect.stringMatching(/without encryption/),
    })
  })

  test('what begins like a picture is for the reader of pictures to judge', async () => {
    const error = new InputError({ picture: 'is none' })
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')
    for (const file of [picture, heic, Buffer.from('GIF89a'), Buffer.from('RIFF\x04\0\0\0WEBP')]) {
      expect(await refusal(file, () => Promise.reject(error))).toEqual({ picture: 'is none' })
    }
  })

  test('what is neither text nor picture is not called a picture', async () => {
    const cases: [file: Buffer, sentence: RegExp][] = [
      [Buffer.from('KITE_USER_ID=AB1234\0'), /not a text/],
      [Buffer.from('otpauth://totp/Zerodha:J\xfcrgen?secret=x', 'latin1'), /line 1 .*save it as UTF-8/],
      [Buffer.from('PK\x03\x04\x14\0', 'latin1'), /zip archive/],
    ]
    for (const [file, sentence] of cases) expect((await refusal(file))['file']).toMatch(sentence)
  })

  test('a megabyte of whatever takes long elsewhere, in a moment', async () => {
    const fillings = [
      'a',
      ' ',
      '\n',
      '=',
      '"',
      'A="',
      'A="x"y\n',
      'A=x #',
      'A=x   ',
      '\\',
      'otpauth://\n',
      '7',
      '#\u2028',
      '"otpauth://' + ' '.repeat(9_000),
      'otpauth://totp/a?secret=JBSW\n',
      'otpauth://totp/',
      'otpauth://a?)',
      'otpauth-migration://offline?data=CjE\n',
      '=3D',
      'secret=',
      '"a","otp\n',
      '[',
      '>\n',
    ]
    for (const filling of fillings) {
      const text = `KITE_USER_ID=${filling.repeat(Math.floor(990_000 / filling.length))}y`
      await read(text).catch(() => undefined)
      await read(text.slice(13)).catch(() => undefined)
    }
  })
})
