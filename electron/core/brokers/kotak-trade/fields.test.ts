import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { checkInput } from '../../accounts/validate.ts'
import { kotakTrade } from './broker.ts'

const right = {
  userid: 'AB12_34',
  password: 'a password',
  consumer_key: 'aConsumerKey',
  access_token: '01234567-89ab-cdef-0123-456789abcdef',
}

const check = (typed: Readonly<Record<string, string>>) =>
  checkInput(kotakTrade, { values: { ...right, ...typed }, endpoints: {} }, new Set())

describe('what the user types for a Kotak Trade account', () => {
  test('may leave out the address, the app ID and whether a code is asked for', () => {
    expect(check({}).settings).toEqual({ userid: 'AB12_34', ip: '127.0.0.1', asks_access_code: 'no' })
  })

  test('keeps keys and tokens among the secrets', () => {
    expect(Object.keys(check({}).secrets).sort()).toEqual(['access_token', 'consumer_key', 'password'])
  })

  test.each(['yes', ' YES ', 'Yes'])('takes %j for a code that is asked for', (asks_access_code) => {
    expect(check({ asks_access_code }).settings['asks_access_code']).toBe('yes')
  })

  test.each(['true', '1', 'ask'])('wants a yes or a no, not %j', async (asks_access_code) => {
    expect(await inputErrors(() => check({ asks_access_code }))).toEqual({ asks_access_code: 'is yes or no' })
  })

  test.each(['userid', 'consumer_key', 'access_token', 'ip', 'app_id'])(
    'refuses what no header can hold as %s',
    async (field) => {
      for (const typed of ['two words', 'pässwort', 'ключ', 'a\tb', '“quoted”']) {
        expect(Object.keys(await inputErrors(() => check({ [field]: typed })))).toEqual([field])
      }
    },
  )

  test('takes a password with anything in it', () => {
    expect(check({ password: ' pässwörd ₹ ' }).secrets['password']?.reveal()).toBe(' pässwörd ₹ ')
  })
})
