import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../../tests/support/failure.ts'
import type { Broker } from '../../brokers/broker.ts'
import { registry } from '../../brokers/registry.ts'
import { namesOf } from './names.ts'
import { previewEnv, previewEnvFor, readEnvFile, unusedByAll, unusedWords, valuesIn } from './preview.ts'

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

function broker(id: string): Broker {
  const known = registry.get(id)
  if (known === undefined) throw new Error(`${id} is gone`)
  return known
}

const read = (text: string, id = 'kite-connect') => valuesIn(readEnvFile(text, broker(id)))
const refusal = async (text: string, id = 'kite-connect') =>
  (await inputErrors(() => read(text, id)))['env-file']
const unused = (text: string, id = 'kite-connect') => previewEnv(text, broker(id)).unused

describe('a field is found under each name that traders have for it', () => {
  const zerodha = {
    api_key: ['KITE_API_KEY', 'KITE_APIKEY', 'ZERODHA_API_KEY', 'BROKER_API_KEY'],
    api_secret: ['KITE_API_SECRET', 'ZERODHA_API_SECRET', 'BROKER_API_SECRET'],
    user_id: [
      ...['KITE_USER_ID', 'KITE_USERID', 'KITE_USERNAME'],
      ...['ZERODHA_USER_ID', 'ZERODHA_USERNAME', 'ZERODHA_CLIENT_ID'],
    ],
    password: ['KITE_PASSWORD', 'ZERODHA_PASSWORD'],
    totp_secret: [
      ...['KITE_TOTP_SECRET', 'KITE_TOTP_KEY', 'ZERODHA_TOTP_SECRET'],
      ...['ZERODHA_TOTP_KEY', 'ZERODHA_TOTP', 'ZERODHA_TOTP_TOKEN'],
    ],
  }
  const upstox = {
    client_id: ['UPSTOX_CLIENT_ID', 'UPSTOX_API_KEY', 'BROKER_API_KEY'],
    client_secret: ['UPSTOX_CLIENT_SECRET', 'UPSTOX_API_SECRET', 'BROKER_API_SECRET'],
    redirect_uri: ['UPSTOX_REDIRECT_URI', 'UPSTOX_REDIRECT_URL'],
    username: ['UPSTOX_USERNAME', 'UPSTOX_MOBILE', 'UPSTOX_MOBILE_NO'],
    pin_code: ['UPSTOX_PIN_CODE', 'UPSTOX_PIN'],
    totp_secret: ['UPSTOX_TOTP_SECRET', 'UPSTOX_TOTP_KEY', 'UPSTOX_TOTP_SEED'],
  }
  // NEO_… are those of https://github.com/Kotak-Neo/kotak-neo-python, in its `.env.example` and installation guide.
  const kotakNeo = {
    consumer_key: ['KOTAK_NEO_CONSUMER_KEY', 'NEO_CONSUMER_KEY', 'KOTAK_CONSUMER_KEY'],
    mobile_number: [
      ...['KOTAK_NEO_MOBILE_NUMBER', 'KOTAK_NEO_MOBILE', 'NEO_MOBILE_NUMBER', 'NEO_MOBILE'],
      ...['KOTAK_MOBILE_NUMBER', 'KOTAK_MOBILE'],
    ],
    ucc: ['KOTAK_NEO_UCC', 'NEO_UCC', 'KOTAK_UCC'],
    mpin: ['KOTAK_NEO_MPIN', 'NEO_MPIN', 'KOTAK_MPIN'],
    totp_secret: [
      ...['KOTAK_NEO_TOTP_SECRET', 'NEO_TOTP_SECRET', 'NEO_TOTP_SEED'],
      ...['KOTAK_TOTP_SECRET', 'KOTAK_TOTP_KEY'],
    ],
  }
  const cases = Object.entries({ 'kite-connect': zerodha, upstox, 'kotak-neo': kotakNeo }).flatMap(
    ([id, fields]) =>
      Object.entries(fields).flatMap(([field, names]) => names.map((name) => [id, name, field] as const)),
  )

  test.each(cases)('%s: %s is its %s, in any case', (id, name, field) => {
    for (const spelling of [name, name.toLowerCase(), `${name.charAt(0)}${name.slice(1).toLowerCase()}`]) {
      expect(read(`${spelling}=made-up`, id)).toEqual({ [field]: 'made-up' })
    }
  })

  test('and no name is that of two fields, or has another case than it is compared in', () => {
    for (const { fields } of registry.values()) {
      const names = fields.flatMap((field) => [...new Set(namesOf(field))])
      expect(names).toEqual([...new Set(names)])
      expect(names).toEqual(names.map((name) => name.toUpperCase()))
    }
  })

  test('also where two programs’ names are mixed', () => {
    const text = `ZERODHA_USER_ID=AB1234
ZERODHA_PASSWORD=made-up
ZERODHA_TOTP_SECRET=${secret}
KITE_API_KEY=key
KITE_API_SECRET=secret`
    expect(previewEnv(text, broker('kite-connect'))).toMatchObject({
      missing: [],
      unused: [],
      withoutTotp: null,
    })
    expect(read(text)).toEqual({
      api_key: 'key',
      api_secret: 'secret',
      user_id: 'AB1234',
      password: 'made-up',
      totp_secret: secret,
    })
  })
})

describe('two names for one thing', () => {
  test('are refused with different values, and both are named', async () => {
    const said = await refusal('KITE_PASSWORD=made-up-1\nZERODHA_PASSWORD=made-up-2')
    expect(said).toMatch(/^line 1: KITE_PASSWORD and ZERODHA_PASSWORD \(line 2\) have different values/)
    expect(said).not.toContain('made-up')
    expect(await refusal('kite_password=a\nKITE_PASSWORD=b')).toMatch(/kite_password and KITE_PASSWORD/)
    expect(await refusal('UPSTOX_PIN=1234\nUPSTOX_PIN_CODE=4321', 'upstox')).toContain('UPSTOX_PIN_CODE')
    expect(await refusal('NEO_UCC=AB12C\nKOTAK_UCC=AB12D', 'kotak-neo')).toContain('KOTAK_UCC')
  })

  test('are taken with the same, however it is written', () => {
    expect(read('KITE_USER_ID=ab1234\nZERODHA_USER_ID= AB1234')).toEqual({ user_id: 'ab1234' })
    expect(read('KITE_PASSWORD=made-up\nZERODHA_PASSWORD="made-up"')).toEqual({ password: 'made-up' })
    expect(read('KITE_PASSWORD=\nZERODHA_PASSWORD=made-up')).toEqual({ password: 'made-up' })
    // The usual way to feed two programs from one file.
    expect(read('ZERODHA_API_SECRET=made-up\nKITE_API_SECRET=${ZERODHA_API_SECRET}')).toEqual({
      api_secret: 'made-up',
    })
  })
})

describe('names that are not used', () => {
  test.each([
    ['KITE_2FA_TOTP_SECRET', 'KITE_TOTP_SECRET'],
    ['TOTP_SECRET', 'KITE_TOTP_SECRET'],
    ['API_KEY', 'KITE_API_KEY'],
    ['KITE_PASWORD', 'KITE_PASSWORD'],
    ['KITE_PSASWORD', 'KITE_PASSWORD'],
    ['MY_KITE_PASSWORD', 'KITE_PASSWORD'],
    ['ANGEL_USER_ID', 'KITE_USER_ID'],
    ['DATABASE_URL', null],
    ['KITE_ACCESS_TOKEN', null],
    ['LOG_LEVEL', null],
  ])('%s: meant was %s', (name, meant) => {
    expect(unused(`${name}=made-up`)).toEqual([{ name, meant }])
  })

  test('are never taken for what the file has under its own name', () => {
    expect(unused('KITE_PASSWORD=a\nKITE_PASWORD=b')).toEqual([{ name: 'KITE_PASWORD', meant: null }])
  })

  test('are told a dozen at a time', () => {
    const names = Array.from({ length: 15 }, (_, index) => ({ name: `N${index}`, meant: null }))
    expect(unusedWords(names)).toBe('N0, N1, N2, N3, N4, N5, N6, N7, N8, N9, N10, N11 and 3 more')
    expect(unusedWords([{ name: 'API_KEY', meant: 'KITE_API_KEY' }])).toBe(
      'API_KEY (did you mean KITE_API_KEY?)',
    )
  })

  test('are told once where the file is for several brokers', () => {
    const previews = previewEnvFor(
      'KITE_API_KEY=key\nUPSTOX_PIN=1234\nTOTP_SECRET=x\nOTHER=1',
      registry.values(),
    )
    expect(previews.map((one) => one.broker.id)).toEqual(['kite-connect', 'upstox'])
    expect(unusedByAll(previews)).toEqual([
      { name: 'TOTP_SECRET', meant: 'KITE_TOTP_SECRET' },
      { name: 'OTHER', meant: null },
    ])
  })

  test('are not repeated where they may be a piece of a secret', () => {
    const text = `KITE_USER_ID=AB1234\n${secret}=\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA=\nOTHER=1`
    expect(unused(text)).toEqual([{ name: 'OTHER', meant: null }])
  })
})

describe('a file without a TOTP secret', () => {
  test('says what that means, where a login does without', () => {
    const text = 'KITE_USER_ID=AB1234\nKITE_PASSWORD=made-up'
    expect(previewEnv(text, broker('kite-web')).withoutTotp).toMatch(
      /no TOTP secret \(KITE_TOTP_SECRET\).*asks?/,
    )
    expect(previewEnv(`${text}\nKITE_TOTP_KEY=${secret}`, broker('kite-web')).withoutTotp).toBe(null)
    // Here it is missing, and said to be.
    expect(previewEnv('UPSTOX_PIN=1234', broker('upstox')).withoutTotp).toBe(null)
  })
})
