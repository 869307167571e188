import { expect, test } from 'vitest'
import { problem } from '../popover/fixtures.ts'
import { sortErrors } from './errors.ts'
import { broker } from './fixtures.ts'
import { refusalOf } from './refusal.ts'

test('errors go to their inputs, the first from the top gets the focus, none is lost', () => {
  const errors = {
    terms: 'need your yes',
    electron: 'needs your yes',
    'endpoint.api': 'is no address',
    ownTime: 'is no time',
    proxy: 'is no proxy',
    proxy_password: 'is missing',
    password: 'is missing',
    odd: 'Something else.',
  }
  expect(sortErrors(errors, broker, false)).toEqual({
    byInput: {
      'field.password': 'is missing',
      ownTime: 'is no time',
      'endpoint.api': 'is no address',
      proxy: 'is no proxy',
      'field.proxy_password': 'is missing',
      electron: 'needs your yes',
      terms: 'need your yes',
    },
    rest: ['Something else.'],
    first: 'field.password',
  })
})

test('what is wrong with the name has an input only where there is one', () => {
  expect(sortErrors({ name: 'is in use' }, broker, false)).toMatchObject({ first: 'name', rest: [] })
  expect(sortErrors({ brokerId: 'is gone' }, broker, true)).toEqual({
    byInput: {},
    rest: ['is gone'],
    first: null,
  })
})

const failed = (part: Parameters<typeof problem>[0], field: string | null) =>
  refusalOf({ ok: false, problem: problem(part), field, attempts: '' }, broker)

test('only what the broker has judged is called refused', () => {
  expect(failed({ kind: 'bad-credentials' }, 'password')?.input).toBe('field.password')
  expect(failed({ kind: 'bad-totp' }, 'totp_secret')?.words).toMatch(/^gave codes/)
  expect(failed({ kind: 'budget-spent' }, 'password')).toBeNull()
  expect(failed({ kind: 'bad-credentials' }, null)).toBeNull()
  expect(failed({ kind: 'bad-credentials' }, 'not a field here')).toBeNull()
  expect(refusalOf({ ok: true, hasToken: true, words: 'Logged in.' }, broker)).toBeNull()
  expect(refusalOf(null, broker)).toBeNull()
})
