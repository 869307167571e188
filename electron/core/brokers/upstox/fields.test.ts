import { describe, expect, test } from 'vitest'
import { MADE_UP_CREDENTIALS } from '../../../../practice/upstox/credentials.ts'
import { inputErrors } from '../../../../tests/support/failure.ts'
import { readEnvFile, valuesIn } from '../../accounts/env/preview.ts'
import { checkInput } from '../../accounts/validate.ts'
import { upstox } from './broker.ts'
import { countryAndNumber } from './fields.ts'

const check = (given: Readonly<Record<string, string>>) =>
  checkInput(upstox, { values: { ...MADE_UP_CREDENTIALS, ...given }, endpoints: {} }, new Set())

/** Returns the stored form of a field's value. */
function kept(field: string, typed: string): string | undefined {
  const { settings, secrets } = check({ [field]: typed })
  return settings[field] ?? secrets[field]?.reveal()
}

describe('what an Upstox login needs', () => {
  test.each([
    ['username', '9876543210', '9876543210'],
    ['username', '+91 98765 43210', '9876543210'],
    ['username', '+91-98765-43210', '9876543210'],
    ['username', '919876543210', '9876543210'],
    ['username', ' 98765-43210 ', '9876543210'],
    ['username', '09876543210', '9876543210'],
    ['username', '0091 98765 43210', '9876543210'],
    ['username', '+91 (0) 98765-43210', '9876543210'],
    ['username', '(+91) 98765.43210', '9876543210'],
    ['username', '+971 50 123 4567', '+971501234567'],
    ['username', '00971501234567', '+971501234567'],
    ['username', '+1 (987) 654-3210', '+19876543210'],
    // Ten digits are a complete number, even with the start of a country code.
    ['username', '9198765432', '9198765432'],
    ['pin_code', '1234', '1234'],
    ['pin_code', '012345', '012345'],
    ['pin_code', ' 123456\t', '123456'],
    ['totp_secret', 'jbsw y3dp-ehpk 3pxp', 'JBSWY3DPEHPK3PXP'],
    ['redirect_uri', 'https://Example.com', 'https://Example.com'],
    ['redirect_uri', 'https://example.com/', 'https://example.com/'],
    ['redirect_uri', 'HTTP://LOCALHOST:80/a/../b?x=%2f', 'HTTP://LOCALHOST:80/a/../b?x=%2f'],
    ['redirect_uri', 'myapp://callback', 'myapp://callback'],
    ['user_id', ' ab1234 ', 'AB1234'],
    ['user_id', '858644', '858644'],
    ['delay_ms', '', '1000'],
    ['delay_ms', '100', '100'],
    ['delay_ms', '0250', '250'],
    ['delay_ms', '10000', '10000'],
  ])('keeps %s %j as %j', (field, typed, value) => {
    expect(kept(field, typed)).toBe(value)
  })

  const digits = 'has 10 digits, such as 9876543210, or outside India + and the country code'
  const pin = 'has 4 to 6 digits'
  const address = 'is not a whole address, such as https://127.0.0.1/callback'
  const userId = 'has letters and digits, such as AB1234'
  const delay = 'is a whole number of milliseconds from 100 to 10000'
  test.each([
    ['username', '987654321', digits],
    ['username', '98765432101', digits],
    ['username', '+9198765432', digits],
    ['username', '+91 9876543', digits],
    ['username', '+91 98765432109', digits],
    ['username', '+971', digits],
    ['username', '+9715012345678901', digits],
    ['username', '971501234567', digits],
    ['username', '009876', digits],
    ['username', '91 91 9876543210', digits],
    ['username', '98765 4321x', digits],
    ['username', '९८७६५४३२१०', digits],
    ['username', 'AB1234', digits],
    ['pin_code', '123', pin],
    ['pin_code', '1234567', pin],
    ['pin_code', '12 34', pin],
    ['pin_code', '१२३४', pin],
    // The library's own from_env_file gives this for 246810.
    ['pin_code', 'MjQ2ODEw', pin],
    ['totp_secret', 'E62LHZXTQ7CVGQ19', 'can’t contain “1”: only letters and the digits 2 to 7'],
    ['totp_secret', '123456', 'looks like a code; the secret behind the codes is needed'],
    ['redirect_uri', 'example.com/callback', address],
    ['redirect_uri', 'localhost:3000', address],
    ['redirect_uri', 'https://', address],
    ['redirect_uri', 'https://a b.example', address],
    ['user_id', 'A B', userId],
    ['user_id', 'trader@example.com', userId],
    ['delay_ms', '99', delay],
    ['delay_ms', '10001', delay],
    ['delay_ms', '1000.5', delay],
    ['delay_ms', '1e3', delay],
    ['delay_ms', '-1000', delay],
    ['delay_ms', '1 second', delay],
    ['client_id', ' ', 'is missing'],
    ['client_secret', '', 'is missing'],
    ['redirect_uri', '', 'is missing'],
    ['username', '', 'is missing'],
    ['pin_code', '', 'is missing'],
    ['totp_secret', '', 'is missing'],
  ])('refuses %s %j: %s', async (field, typed, error) => {
    expect(await inputErrors(() => check({ [field]: typed }))).toEqual({ [field]: error })
  })

  test('has no password among it: Upstox asks for none', async () => {
    expect(upstox.fields.map(({ name }) => name)).not.toContain('password')
    expect(Object.keys(await inputErrors(() => check({ password: 'word' })))).toEqual(['password'])
  })
})

test.each([
  ['9876543210', '+91', '9876543210'],
  ['+971501234567', '+971', '501234567'],
  ['+19876543210', '+1', '9876543210'],
  ['+79161234567', '+7', '9161234567'],
  ['+447700900123', '+44', '7700900123'],
  ['+6591234567', '+65', '91234567'],
  ['+85251234567', '+852', '51234567'],
  ['+9779812345678', '+977', '9812345678'],
])('the number %s is sent as %s and %s', (number, countryIsdCode, mobileNumber) => {
  expect(countryAndNumber(number)).toEqual({ countryIsdCode, mobileNumber })
})

describe('a .env file of upstox-totp', () => {
  test('is read as it is, the password left where it is', () => {
    const text = [
      'UPSTOX_USERNAME=9876543210',
      'UPSTOX_PASSWORD=your-password',
      'UPSTOX_PIN_CODE=1234                    # 4-6 digit PIN',
      'UPSTOX_TOTP_SECRET=JBSWY3DPEHPK3PXP',
      'UPSTOX_CLIENT_ID=your-client-id',
      'UPSTOX_CLIENT_SECRET=your-client-secret',
      'UPSTOX_REDIRECT_URI=https://your-app.com/callback  # Must match app settings',
      'UPSTOX_DEBUG=false',
      'UPSTOX_SLEEP_TIME=1500                  # Request delay in milliseconds',
    ].join('\n')
    const values = valuesIn(readEnvFile(text, upstox))
    expect(values).toEqual({
      username: '9876543210',
      pin_code: '1234',
      totp_secret: 'JBSWY3DPEHPK3PXP',
      client_id: 'your-client-id',
      client_secret: 'your-client-secret',
      redirect_uri: 'https://your-app.com/callback',
      delay_ms: '1500',
    })
    expect(check(values).settings['delay_ms']).toBe('1500')
  })
})
