import { describe, expect, test } from 'vitest'
import type { PlannedFault } from '../../../../practice/faults.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning, kiteWebMorning } from '../../../../tests/support/kite-morning.ts'
import { LoginError } from '../../errors.ts'
import type { Ask } from '../../login/conversation/conversation.ts'
import { chooseFactor } from './second-factor.ts'

type Types = readonly ['totp' | 'app_code' | 'sms', ...('totp' | 'app_code' | 'sms')[]]

const nothingSpent = { password: 0, code: 0 }
const noSecret = { totp_secret: '' }
const appCode = { twofaTypes: ['app_code', 'sms'], typed: noSecret } as const

/** Answers with the code on the phone, after `wrongs` wrong codes. */
function user(broker: { code: () => string }, wrongs = 0) {
  const asked: string[] = []
  const ask: Ask = ({ label, help, digits }) => {
    asked.push(`${label}, ${digits} digits. ${help}`)
    const code = broker.code()
    return Promise.resolve(
      asked.length > wrongs ? code : code.replace(/./g, (digit) => `${9 - Number(digit)}`),
    )
  }
  return { asked, ask }
}

const sentCodes = ({ requests }: { requests: readonly { path: string }[] }): number =>
  requests.filter(({ path }) => path === '/api/twofa').length

describe.each([
  ['Kite Connect', kiteMorning],
  ['the Kite web session', kiteWebMorning],
])('%s, for an account without a TOTP secret', (_name, morning) => {
  test.each<[Types, RegExp]>([
    [['app_code', 'sms'], /^Kite app code, 6 digits\. .*Profile → App code.*30 seconds/],
    [['app_code', 'totp'], /^Kite app code/],
    [['sms'], /^Kite SMS code, 6 digits\. .*registered mobile number/],
    [['totp', 'app_code'], /^External TOTP code, 6 digits\. .*authenticator app/],
  ])('that is on %j asks for the right code and says where it is', async (twofaTypes, question) => {
    const { engine, broker, account } = await morning({ twofaTypes, typed: noSecret })
    const { ask, asked } = user(broker)
    expect(await engine.login('kite', { ask })).toBe('obtained')
    expect(asked).toEqual([expect.stringMatching(question)])
    expect(broker.wrongCodes).toBe(0)
    expect(account('kite').spent).toEqual(nothingSpent)
  })

  test('with nobody to ask says which code is needed, and spends nothing', async () => {
    const { engine, broker, account } = await morning(appCode)
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('second-factor-needed')
    expect(error.message).toContain('Kite app code')
    expect(error.next).toContain('Profile → App code')
    expect(sentCodes(broker)).toBe(0)
    expect(account('kite').spent).toEqual(nothingSpent)
    expect(await engine.login('kite', { ask: user(broker).ask })).toBe('obtained')
  })

  test('a mistyped code is counted and asked for once more', async () => {
    const { engine, broker, account } = await morning(appCode)
    const { ask, asked } = user(broker, 1)
    expect(await engine.login('kite', { ask })).toBe('obtained')
    expect(asked).toHaveLength(2)
    expect(broker.wrongCodes).toBe(1)
    expect(account('kite').spent).toEqual(nothingSpent)
  })

  test('two mistyped codes are the end until the password is entered again', async () => {
    const { accounts, engine, broker, endpoints, account } = await morning(appCode)
    const { ask, asked } = user(broker, 2)
    const error = await loginFailure(engine.login('kite', { ask }))
    expect(error).toMatchObject({ kind: 'bad-totp', brokerWords: 'Invalid App Code' })
    expect(error.message).toBe('That code was wrong.')
    expect(error.next).not.toContain('TOTP secret')
    expect(account('kite').spent).toEqual({ password: 0, code: 2 })

    const refusal = await loginFailure(engine.login('kite', { ask, force: true }))
    expect(refusal.kind).toBe('budget-spent')
    expect(refusal.next).toContain('Enter your password here again')
    expect(asked).toHaveLength(2)
    expect(broker.wrongCodes).toBe(2)

    const { password } = broker.credentials
    await accounts.change('kite', { values: { password }, endpoints, acceptTerms: false })
    expect(await engine.login('kite', { ask })).toBe('obtained')
  })

  test('a typed code whose reply was lost counts as spent', async () => {
    const { engine, broker, account } = await morning(appCode)
    broker.fault({ at: 'POST /api/twofa', kind: 'reset-after-processing' })
    expect((await loginFailure(engine.login('kite', { ask: user(broker).ask }))).kind).toBe('network')
    expect(account('kite').spent).toEqual({ password: 0, code: 1 })
  })

  test('a question that is called off spends nothing', async () => {
    const { engine, broker, account } = await morning(appCode)
    const ask: Ask = (_question, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason)
        })
        engine.cancel('kite')
      })
    expect((await loginFailure(engine.login('kite', { ask }))).kind).toBe('cancelled')
    expect(sentCodes(broker)).toBe(0)
    expect(account('kite').spent).toEqual(nothingSpent)
  })
})

describe.each([
  ['Kite Connect', kiteMorning],
  ['the Kite web session', kiteWebMorning],
])('%s, for an account with a TOTP secret', (_name, morning) => {
  const others: [Types, RegExp][] = [
    [['app_code', 'sms'], /Kite app code or Kite SMS code, not for external TOTP/],
    [['app_code'], /Kite app code, not/],
    [['sms'], /Kite SMS code, not/],
  ]
  test.each(others)('that is on %j, with nobody to ask, sends no code', async (twofaTypes, words) => {
    const { engine, broker, account } = await morning({ twofaTypes })
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('second-factor-mismatch')
    expect(error.message).toMatch(words)
    expect(error.next).toContain('Enable external TOTP')
    expect(error.next).toContain('--forget totp_secret')
    expect(sentCodes(broker)).toBe(0)
    expect(account('kite').spent).toEqual(nothingSpent)
  })

  test.each(others)('that is on %j is asked, and told about external TOTP', async (twofaTypes, words) => {
    const { engine, broker, account } = await morning({ twofaTypes })
    const { ask, asked } = user(broker)
    expect(await engine.login('kite', { ask })).toBe('obtained')
    expect(asked).toEqual([expect.stringMatching(words)])
    expect(asked[0]).toContain('Enable external TOTP')
    expect(broker.wrongCodes).toBe(0)
    expect(account('kite').spent).toEqual(nothingSpent)
  })

  test('that takes external TOTP beside the app code is not asked', async () => {
    const { engine, broker } = await morning({ twofaTypes: ['app_code', 'totp'] })
    const { ask, asked } = user(broker)
    expect(await engine.login('kite', { ask })).toBe('obtained')
    expect(asked).toEqual([])
  })

  test('is asked once the secret is forgotten', async () => {
    const { accounts, engine, broker, endpoints, account } = await morning({ twofaTypes: ['app_code'] })
    await loginFailure(engine.login('kite'))
    const change = { values: {}, endpoints, acceptTerms: false, forget: ['totp_secret'] }
    await accounts.change('kite', change)
    expect(Object.keys(account('kite').secretsSetAt)).not.toContain('totp_secret')
    const { ask, asked } = user(broker)
    expect(await engine.login('kite', { ask })).toBe('obtained')
    expect(asked).toHaveLength(1)
  })

  const unavailable: PlannedFault = {
    at: 'POST /api/twofa',
    kind: 'json',
    status: 400,
    value: {
      status: 'error',
      message: 'The requested 2FA type is not available',
      error_type: 'TwoFAException',
    },
  }
  test('a factor that Kite offered and then does not know costs nothing', async () => {
    const { engine, broker, account } = await morning()
    broker.fault(unavailable)
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('second-factor-mismatch')
    expect(error.brokerWords).toBe('The requested 2FA type is not available')
    expect(account('kite').spent).toEqual(nothingSpent)
  })
})

describe('the second factor', () => {
  test.each([
    [{ type: 'totp', all: [] }, 'totp'],
    [{ type: 'totp', all: ['totp'] }, 'totp'],
    [{ type: 'app_code', all: ['app_code', 'totp'] }, 'totp'],
  ])('of %o is computed here when the secret is stored', (offered, type) => {
    for (const canAsk of [true, false])
      expect(chooseFactor(offered, { hasTotpSecret: true, canAsk })).toEqual({ type, question: null })
  })

  test.each([
    [{ type: 'app_code', all: [] }, 'app_code'],
    [{ type: 'sms', all: ['app_code', 'sms'] }, 'sms'],
    [{ type: 'webauthn', all: ['webauthn', 'sms'] }, 'sms'],
  ])('of %o is asked for when it is not', (offered, type) => {
    const { question, ...rest } = chooseFactor(offered, { hasTotpSecret: false, canAsk: true })
    expect(rest).toEqual({ type })
    expect(question).toMatchObject({ digits: 6, help: expect.not.stringContaining('TOTP secret') })
  })

  test.each([
    ['contradicts itself', { type: 'totp', all: ['app_code', 'sms'] }, true],
    ['is not known', { type: 'webauthn', all: ['webauthn'] }, true],
    ['is not known', { type: 'webauthn', all: [] }, false],
    ['is not named', { type: '', all: [] }, false],
  ])('that %s (%o) is not guessed at', (_what, offered, hasSecret) => {
    const choose = () => chooseFactor(offered, { hasTotpSecret: hasSecret, canAsk: false })
    expect(choose).toThrow(LoginError)
    expect(choose).toThrow(/Kite asks this account for/)
  })

  test.each([
    [{ type: 'app_code', all: ['app_code', 'sms'] }, 'app_code'],
    [{ type: 'totp', all: ['sms'] }, 'sms'],
  ])('of %o is asked for in place of the TOTP that Kite does not take', (offered, type) => {
    const chosen = chooseFactor(offered, { hasTotpSecret: true, canAsk: true })
    expect(chosen).toMatchObject({
      type,
      question: { help: expect.stringContaining('not for external TOTP') },
    })
  })
})
