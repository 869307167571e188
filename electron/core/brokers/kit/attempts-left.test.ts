import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning } from '../../../../tests/support/kite-morning.ts'
import { LoginEngine } from '../../login/engine.ts'

/** Starts at a broker that refuses the next code and counts the remaining attempts. */
async function morningWith(message: string) {
  const parts = await kiteMorning()
  const { broker } = parts
  const refuseCode = (words: string): void =>
    broker.fault({ at: 'POST /api/twofa', kind: 'error-200', message: words })
  refuseCode(message)
  const sent = (path: string): number => broker.requests.filter((request) => request.path === path).length
  return { ...parts, refuseCode, sent }
}

describe('a broker that says how many attempts are left', () => {
  test('gets no second code when there are two', async () => {
    const { engine, account, sent } = await morningWith('Invalid TOTP. 2 attempts left.')
    expect(await loginFailure(engine.login('kite'))).toMatchObject({
      kind: 'bad-totp',
      brokerWords: 'Invalid TOTP. 2 attempts left.',
    })
    expect(sent('/api/twofa')).toBe(1)
    expect(account('kite').attemptsLeft).toBe(2)
    expect((await loginFailure(engine.login('kite'))).message).toContain('2 more wrong entries')
  })

  test('gets a second code when there are more', async () => {
    const { engine, clock, account } = await morningWith('Invalid TOTP. 3 attempts left.')
    const login = engine.login('kite')
    await clock.untilWaitingFor(25_000)
    clock.advance(25_000)
    expect(await login).toBe('obtained')
    expect(account('kite').attemptsLeft).toBe(null)
  })

  test('gets neither password nor code from the next login, also after a restart and by force', async () => {
    const parts = await morningWith('Invalid TOTP. 2 attempts left.')
    const { engine, clock, sent } = parts
    await loginFailure(engine.login('kite'))
    clock.advance(60_000)
    for (const force of [false, true]) {
      const error = await loginFailure(new LoginEngine(parts).login('kite', { force }))
      expect(error.kind).toBe('budget-spent')
    }
    expect([sent('/api/login'), sent('/api/twofa')]).toEqual([1, 1])
  })

  test('gets neither from another account of the same person', async () => {
    const { engine, broker, accounts, clock, endpoints, sent } = await morningWith(
      'Invalid TOTP. 2 attempts left.',
    )
    const values = broker.credentials
    await accounts.add({ name: 'kite-too', brokerId: 'kite-connect', values, endpoints, acceptTerms: true })
    await loginFailure(engine.login('kite'))
    clock.advance(60_000)
    expect((await loginFailure(engine.login('kite-too'))).kind).toBe('budget-spent')
    expect([sent('/api/login'), sent('/api/twofa')]).toEqual([1, 1])
  })

  test('gets one more code each time the user has entered the password again', async () => {
    const { engine, broker, accounts, account, clock, endpoints, refuseCode, sent } = await morningWith(
      'Invalid TOTP. 2 attempts left.',
    )
    const enterPassword = (): Promise<void> => {
      const { password } = broker.credentials
      return accounts.change('kite', { values: { password }, endpoints, acceptTerms: false })
    }
    await loginFailure(engine.login('kite'))
    clock.advance(30_000)
    await enterPassword()
    refuseCode('Invalid TOTP. 1 attempts left.')
    await loginFailure(engine.login('kite'))
    expect(sent('/api/twofa')).toBe(2)
    expect(account('kite').attemptsLeft).toBe(1)
  })

  test('lets the login go on that the user has entered the TOTP secret for again', async () => {
    const { engine, broker, accounts, clock, endpoints } = await morningWith('Invalid TOTP. Last attempt.')
    await loginFailure(engine.login('kite'))
    clock.advance(30_000)
    const { totp_secret } = broker.credentials
    await accounts.change('kite', { values: { totp_secret }, endpoints, acceptTerms: false })
    expect(await engine.login('kite')).toBe('obtained')
  })

  test('is believed when it says so of a password', async () => {
    const { engine, broker, account } = await kiteMorning()
    const message = 'Invalid username or password. 1 attempt remaining.'
    broker.fault({ at: 'POST /api/login', kind: 'error-200', message })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('bad-credentials')
    expect(account('kite').attemptsLeft).toBe(1)
  })
})
