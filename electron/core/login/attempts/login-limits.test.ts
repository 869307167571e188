import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { madeUpDomain, madeUpTokens, madeUpValues } from '../../../../tests/support/made-up-broker.ts'
import { LoginError } from '../../errors.ts'
import { assertLoginAllowed, loginPauseLeft, withLoginCounted } from './login-limits.ts'

const MINUTE = 60_000
const NOW = Date.UTC(2026, 10, 21, 2, 45)
const gap = { name: 'Broker', loginLimits: [{ logins: 1, withinMs: 2 * MINUTE }] }
const many = {
  name: 'Broker',
  loginLimits: [
    { logins: 3, withinMs: MINUTE },
    { logins: 5, withinMs: 24 * 60 * MINUTE },
  ],
}

describe('how long no login may begin', () => {
  test.each([
    [undefined, 0],
    [[NOW - MINUTE], MINUTE],
    [[NOW - 2 * MINUTE], 0],
    // A clock that was set back holds nothing up.
    [[NOW + 2 * MINUTE], 0],
    [[NOW - 5 * MINUTE, NOW], 2 * MINUTE],
  ])('after logins at %j: %i ms', (loginsAt, left) => {
    expect(loginPauseLeft({ loginsAt }, gap, NOW)).toBe(left)
  })

  test('all limits hold', () => {
    const three = [NOW - 30_000, NOW - 20_000, NOW - 10_000]
    expect(loginPauseLeft({ loginsAt: three }, many, NOW)).toBe(30_000)
    expect(loginPauseLeft({ loginsAt: three.slice(1) }, many, NOW)).toBe(0)
    const five = [1, 2, 3, 4, 5].map((hours) => NOW - hours * 60 * MINUTE).reverse()
    expect(loginPauseLeft({ loginsAt: five }, many, NOW)).toBe(19 * 60 * MINUTE)
  })
})

test('a login is counted, and only those that matter are kept', () => {
  expect(withLoginCounted({ loginsAt: undefined }, gap, NOW)).toEqual({ loginsAt: [NOW] })
  expect(withLoginCounted({ loginsAt: [NOW - MINUTE] }, gap, NOW)).toEqual({ loginsAt: [NOW] })
  const six = [6, 5, 4, 3, 2, 1].map((ago) => NOW - ago)
  expect(withLoginCounted({ loginsAt: six }, many, NOW).loginsAt).toEqual([...six.slice(-4), NOW])
  expect(withLoginCounted({ loginsAt: [NOW] }, { name: 'Broker' }, NOW)).toEqual({})
})

test('a refusal says which limit, and until when', () => {
  expect(() => {
    assertLoginAllowed({ loginsAt: [NOW - MINUTE] }, gap, NOW)
  }).toThrow(/Broker allows one login in 2 minutes, so no login is sent until 08:16/)
  expect(() => {
    assertLoginAllowed({ loginsAt: [NOW - 2 * MINUTE] }, gap, NOW)
  }).not.toThrow()
})

describe('a broker that allows one login in two minutes', () => {
  const limited = async (isRefused = false) => {
    let isFirst = true
    return madeUpDomain({
      loginLimits: gap.loginLimits,
      login: async (context) => {
        await context.spendPassword('password')
        if (isRefused && isFirst) {
          isFirst = false
          throw new LoginError('bad-credentials')
        }
        context.accepted('password')
        return madeUpTokens
      },
    })
  }

  test('gets none before, not by force either, while the token is still probed and kept', async () => {
    const { engine, clock, account } = await limited()
    await engine.login('main')
    expect(account().loginsAt).toEqual([clock.now()])
    clock.advance(119_000)
    expect((await loginFailure(engine.login('main', { force: true }))).kind).toBe('rate-limited')
    expect(await engine.login('main')).toBe('kept')
    clock.advance(1_000)
    expect(await engine.login('main', { force: true })).toBe('obtained')
    expect(account().loginsAt).toEqual([clock.now()])
  })

  test('after a refused one, and with new details too', async () => {
    const { engine, clock, accounts } = await limited(true)
    expect((await loginFailure(engine.login('main'))).kind).toBe('bad-credentials')
    await accounts.change('main', { values: madeUpValues, endpoints: {}, acceptTerms: false })
    expect((await loginFailure(engine.login('main'))).kind).toBe('rate-limited')
    clock.advance(2 * MINUTE)
    expect(await engine.login('main')).toBe('obtained')
  })
})
