import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import { kiteMorning } from '../../../tests/support/kite-morning.ts'
import { neoMorning, routes as neoRoutes } from '../../../tests/support/kotak-neo-morning.ts'
import { madeUpDomain } from '../../../tests/support/made-up-broker.ts'
import { routes as upstoxRoutes, upstoxMorning } from '../../../tests/support/upstox-morning.ts'
import { Secret } from '../secret.ts'
import { tokenKey } from '../state/account.ts'

describe.each([
  ['a line end', 'token\r\nx-other: 1'],
  ['an escape', 'token\x1b[2J'],
  ['a letter of another script', 'token\u202e'],
  ['a space at its end', 'token '],
  ['nothing in it', ''],
])('L5: a token with %s', (_what, value) => {
  test('is refused where it enters, after one login and without a probe', async () => {
    const calls = { logins: 0, probes: 0 }
    const { engine, account, keychain, history } = await madeUpDomain({
      login: () => {
        calls.logins++
        return Promise.resolve({ first: new Secret('token one'), second: new Secret(value) })
      },
      probe: () => {
        calls.probes++
        return Promise.resolve()
      },
    })
    const failure = await loginFailure(engine.login('main'))
    expect(failure).toMatchObject({ kind: 'protocol-changed', retrySafe: false })
    expect(failure.message).toContain('no request can carry')
    expect(calls).toEqual({ logins: 1, probes: 0 })
    expect(account().token).toBeNull()
    expect(await keychain.get(tokenKey('main', 'first'))).toBeNull()
    expect(history.events).toEqual([])
  })

  test('that was stored before is no token: it is neither sent nor handed out', async () => {
    const sent: string[] = []
    const { engine, keychain, tokens } = await madeUpDomain({
      probe: (_context, { first }) => {
        sent.push(first?.reveal() ?? '')
        return Promise.resolve()
      },
    })
    await engine.login('main')
    await keychain.set(tokenKey('main', 'first'), new Secret(value))
    await expect(tokens.bundle('main')).rejects.toThrow()
    expect(await engine.login('main')).toBe('obtained')
    expect(sent).toEqual(['token one', 'token one'])
  })
})

describe('a reply with such a token', () => {
  test('ends a login at Kite, and the password is not sent again', async () => {
    const { engine, broker } = await kiteMorning()
    broker.fault({ kind: 'unsendable-token', at: 'POST /session/token' })
    expect((await loginFailure(engine.login('kite'))).kind).toBe('protocol-changed')
    expect(broker.requests.filter(({ path }) => path === '/api/login')).toHaveLength(1)
    expect(broker.requests.at(-1)?.path).toBe('/session/token')
  })

  test('ends a login at Upstox before it is tried', async () => {
    const { engine, broker, sent } = await upstoxMorning()
    broker.fault({ kind: 'unsendable-token', at: upstoxRoutes.exchange })
    expect((await loginFailure(engine.login('upstox'))).kind).toBe('protocol-changed')
    expect(sent('/v2/user/profile')).toBe(0)
  })

  test.each(['code', 'mpin'] as const)('ends a login at Kotak Neo in the step %s', async (step) => {
    const { engine, broker, asked } = await neoMorning()
    broker.fault({ kind: 'unsendable-token', at: neoRoutes[step] })
    expect((await loginFailure(engine.login('neo'))).kind).toBe('protocol-changed')
    expect(asked().at(-1)).toBe(neoRoutes[step])
  })
})
