import { describe, expect, test } from 'vitest'
import { problemKinds } from '../contract/state.ts'
import { errorCode, InputError, LoginError } from './errors.ts'

describe.each(problemKinds)('the problem %s', (kind) => {
  const error = new LoginError(kind)

  test('says what happened and what to do next, in sentences', () => {
    expect(error.message).toMatch(/^[A-Z].*\.$/)
    expect(error.next).toMatch(/^[A-Z].*\.$/)
  })

  test('goes to the state whole, and with nothing that was not meant for it', () => {
    const detailed = new LoginError(kind, { brokerWords: 'words', cause: new Error('inner') })
    expect(detailed.toProblem(5)).toEqual({
      kind,
      message: error.message,
      next: error.next,
      brokerWords: 'words',
      retrySafe: error.retrySafe,
      at: 5,
    })
  })
})

test('only what can cost no attempt is safe to try again', () => {
  const safe = problemKinds.filter((kind) => new LoginError(kind).retrySafe)
  expect(safe).toEqual([
    'second-factor-needed',
    'token-expired',
    'broker-down',
    'network',
    'timeout',
    'keychain-locked',
    'keychain-missing',
    'cancelled',
  ])
})

test('an attempt is only given back when the broker surely has not judged it', () => {
  const notJudged = problemKinds.filter((kind) => new LoginError(kind).notJudged)
  expect(notJudged).toEqual(['second-factor-mismatch', 'rate-limited'])
  expect(new LoginError('network').notJudged).toBe(false)
  expect(new LoginError('network', { notJudged: true }).notJudged).toBe(true)
})

test('a thrower’s own sentences replace the general ones', () => {
  const error = new LoginError('network', { message: 'No cable.', next: 'Plug it in.' })
  expect([error.message, error.next, error.brokerWords]).toEqual(['No cable.', 'Plug it in.', null])
})

test('a sentence with a reply’s own text in it loses what steers a terminal, at every change', () => {
  const error = new LoginError('network', { message: 'Of \x1b]52;c;eA==\x07.', next: 'As \u009b2J.' })
  const copy = error.with({ message: `${error.message} \x1b[2J` })
  expect([error.message, error.next, copy.message]).toEqual([
    'Of  ]52;c;eA== .',
    'As  2J.',
    'Of  ]52;c;eA== .  [2J',
  ])
})

test('an error with other details keeps all the rest', () => {
  const details = {
    message: 'No cable.',
    next: 'Plug it in.',
    brokerWords: 'its words',
    notJudged: true,
    coolDownMs: 5,
    mayBeGood: true,
    final: true,
    cause: new Error('inner'),
  }
  const error = new LoginError('network', details)
  const changed = error.with({ brokerWords: '[secret]', final: false })
  expect(changed).toBeInstanceOf(LoginError)
  expect(changed).toMatchObject({ ...details, kind: 'network', brokerWords: '[secret]', final: false })
  expect(error.brokerWords).toBe('its words')
  expect(new LoginError('timeout').with({ next: 'Wait.' })).toMatchObject({
    ...{ kind: 'timeout', message: new LoginError('timeout').message, next: 'Wait.' },
    ...{ brokerWords: null, notJudged: false, coolDownMs: null, mayBeGood: false, final: false },
  })
})

test('only a system error has a code', () => {
  expect(errorCode(Object.assign(new Error('no such file'), { code: 'ENOENT' }))).toBe('ENOENT')
  expect(errorCode(new Error('no code'))).toBeNull()
  expect(errorCode({ code: 'ENOENT' })).toBeNull()
})

test('bad input is named input by input', () => {
  const error = new InputError({ name: 'is taken', user_id: 'is missing' })
  expect(error.errors).toEqual({ name: 'is taken', user_id: 'is missing' })
  expect(error.message).toBe('name: is taken\nuser_id: is missing')
})
