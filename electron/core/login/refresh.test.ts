import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import { madeUpDomain, madeUpTokens, type MadeUpBehaviour } from '../../../tests/support/made-up-broker.ts'
import { LoginError } from '../errors.ts'
import { Secret } from '../secret.ts'

const MINUTE = 60_000
const renewed = { first: new Secret('renewed one'), second: new Secret('renewed two') }

/** Returns the domain with a token of an hour, issued some minutes ago, and the calls that followed. */
async function minutesAfterLogin(minutes: number, behaviour: MadeUpBehaviour = {}) {
  const calls: string[] = []
  const noted =
    <In extends unknown[], Out>(name: string, call: (...input: In) => Out) =>
    (...input: In): Out => {
      calls.push(name)
      return call(...input)
    }
  const parts = await madeUpDomain({
    login: noted('login', behaviour.login ?? (() => Promise.resolve(madeUpTokens))),
    probe: noted('probe', behaviour.probe ?? (() => Promise.resolve())),
    refresh: noted('refresh', behaviour.refresh ?? (() => Promise.resolve(renewed))),
  })
  await parts.engine.login('main')
  parts.clock.advance(minutes * MINUTE)
  calls.length = 0
  const first = async (): Promise<string | undefined> =>
    (await parts.tokens.bundle('main'))['first']?.reveal()
  return { ...parts, calls, first }
}

describe('a token that still works', () => {
  test('is kept in the first half of its life', async () => {
    const { engine, calls, first } = await minutesAfterLogin(29)
    expect(await engine.login('main')).toBe('kept')
    expect(calls).toEqual(['probe'])
    expect(await first()).toBe('token one')
  })

  test('is exchanged for a longer one in the second', async () => {
    const { engine, calls, first, account, clock } = await minutesAfterLogin(31)
    expect(await engine.login('main')).toBe('obtained')
    expect(calls).toEqual(['probe', 'refresh', 'probe'])
    expect(await first()).toBe('renewed one')
    expect(account().token).toEqual({
      issuedAt: clock.now(),
      expiresAt: clock.now() + 60 * MINUTE,
      seen: 'accepted',
    })
  })

  test('does not count as accepted by an answer from before the exchange', async () => {
    let resolve = (): void => undefined
    const answer = new Promise<void>((settle) => (resolve = settle))
    let probes = 0
    const { engine, account } = await minutesAfterLogin(31, {
      // The first probe is that of `status`, whose answer comes late; the second that of the login.
      probe: () => (++probes === 2 ? answer : Promise.resolve()),
      refresh: () => Promise.reject(new LoginError('cancelled')),
    })
    const late = engine.probe('main', new AbortController().signal)
    await loginFailure(engine.login('main'))
    expect(account().token?.seen).toBe('unverified')
    resolve()
    await late
    expect(account().token?.seen).toBe('unverified')
  })

  test('is not exchanged by force, which means a login', async () => {
    const { engine, calls } = await minutesAfterLogin(31)
    expect(await engine.login('main', { force: true })).toBe('obtained')
    expect(calls).toEqual(['login', 'probe'])
  })

  test('is probed again and kept when the exchange fails', async () => {
    const { engine, calls, account, first } = await minutesAfterLogin(31, {
      refresh: () => Promise.reject(new LoginError('broker-down')),
    })
    expect(await engine.login('main')).toBe('kept')
    expect(calls).toEqual(['probe', 'refresh', 'probe'])
    expect(await first()).toBe('token one')
    expect(account()).toMatchObject({ problem: null, token: { seen: 'accepted' } })
  })

  test('is followed by a login when a failed exchange has ended it', async () => {
    let isEnded = false
    const { engine, calls } = await minutesAfterLogin(31, {
      refresh: () => {
        isEnded = true
        return Promise.reject(new LoginError('network'))
      },
      probe: () => {
        const wasEnded = isEnded
        isEnded = false
        return wasEnded ? Promise.reject(new LoginError('token-expired')) : Promise.resolve()
      },
    })
    expect(await engine.login('main')).toBe('obtained')
    expect(calls).toEqual(['probe', 'refresh', 'probe', 'login', 'probe'])
  })

  test('is not called good while the exchange is under way', async () => {
    let seen: string | undefined
    const parts = await minutesAfterLogin(31, {
      refresh: () => {
        seen = parts.account().token?.seen
        return Promise.resolve(renewed)
      },
    })
    await parts.engine.login('main')
    expect(seen).toBe('unverified')
  })

  test('is exchanged by no cancelled login', async () => {
    const { engine } = await minutesAfterLogin(31, {
      refresh: () => Promise.reject(new LoginError('cancelled')),
    })
    expect((await loginFailure(engine.login('main'))).kind).toBe('cancelled')
  })
})
