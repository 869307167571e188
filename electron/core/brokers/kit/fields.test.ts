import { describe, expect, test } from 'vitest'
import type { Field } from '../broker.ts'
import { appSecret, hintUnless, password, pin, setting, totpSecret, userId } from './fields.ts'
import { documentedLogin, envOf, exportsOf } from './names.ts'

const common = { name: 'it', label: 'It', help: 'There.', env: 'IT' }
const kept = ({ normalise }: Field, typed: string): string => normalise?.(typed) ?? typed
const refusal = (field: Field, typed: string): string => {
  try {
    return `kept as ${kept(field, typed)}`
  } catch (error) {
    return error instanceof TypeError ? error.message : 'another error'
  }
}

describe('what is typed is kept, or refused for what can’t be right', () => {
  const id = userId({ ...common, example: 'AB12', length: [4, 6] })
  const digits = pin({ ...common, length: [4, 6] })
  test.each([
    [id, ' ab12 ', 'kept as AB12'],
    [id, 'me@example.com', 'is an id such as AB12, not the e-mail address'],
    [id, 'ABC', 'has 4 to 6 letters and digits, such as AB12'],
    [id, 'ABCDEFG', 'has 4 to 6 letters and digits, such as AB12'],
    [digits, ' 0123 ', 'kept as 0123'],
    [digits, '123', 'has four to six digits'],
    [digits, '1234567', 'has four to six digits'],
    [pin({ ...common, length: [4] }), '12345', 'has four digits'],
    [appSecret(common), ' a+b/c== ', 'kept as a+b/c=='],
    [
      appSecret(common),
      'two words',
      'has only letters, digits and punctuation of a plain keyboard, and no spaces',
    ],
    [setting({ ...common, normalise: (typed) => typed.toLowerCase() }), 'AB', 'kept as ab'],
    [password(common), ' with spaces ', 'kept as  with spaces '],
  ])('%#: %j', (field, typed, outcome) => {
    expect(refusal(field, typed)).toBe(outcome)
  })

  test('under the kind that says who may reach it', () => {
    const kinds = [userId({ ...common, example: 'A1' }), setting(common), appSecret(common)].concat(
      password(common),
      pin({ ...common, length: [4] }),
      totpSecret({ help: 'There.', env: 'TOTP' }),
    )
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'setting',
      'setting',
      'secret',
      'guarded',
      'guarded',
      'totp',
    ])
  })

  test('with a hint at what looks odd', () => {
    const hint = hintUnless(/^\d+$/, 'has letters')
    expect(hint('12')).toBe(null)
    expect(hint('a1')).toBe('has letters')
  })
})

test('names in .env files begin with our own', () => {
  expect(envOf('DHAN DHANHQ', 'PIN MPIN')).toEqual({
    env: 'DHAN_PIN',
    aliases: ['DHAN_MPIN', 'DHANHQ_PIN', 'DHANHQ_MPIN'],
  })
  expect(exportsOf('DHAN', ['access_token'])).toEqual({ access_token: 'DHAN_ACCESS_TOKEN' })
})

test('a documented login says what lies here and at whose risk', () => {
  const { label, sentence } = documentedLogin('Dhan', 'PIN and your TOTP secret', 'there')
  expect(label).toBe('documented machine login')
  expect(sentence).toMatch(/^Dhan documents.*your PIN and your TOTP secret on one computer.*own risk\.$/)
})
