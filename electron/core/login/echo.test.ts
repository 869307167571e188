import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import { kiteMorning } from '../../../tests/support/kite-morning.ts'
import { Wiretap } from '../../../tests/support/wiretap.ts'
import { LoginEngine } from './engine.ts'

/** A morning at a broker that repeats what it was sent, every time it is asked at `route`. */
async function echoAt(route: string) {
  const parts = await kiteMorning()
  const tap = new Wiretap(parts.openHttp)
  const engine = new LoginEngine({ ...parts, openHttp: tap.openHttp })
  parts.broker.fault({ at: route, kind: 'echo', times: Infinity })
  const words = (): string | null | undefined => parts.account('kite').problem?.brokerWords
  return { ...parts, tap, engine, words }
}

describe('a broker that repeats what it was sent', () => {
  test('at the end of the login page gets no session into its words', async () => {
    const { engine, tap, account, words } = await echoAt('GET /connect/finish')
    expect((await loginFailure(engine.login('kite'))).kind).toBe('protocol-changed')
    expect(words()).toContain('[secret]')
    for (const name of ['sess_id', 'kf_session', 'public_token']) {
      expect(tap.values(name)).not.toEqual([])
      for (const value of tap.values(name)) expect(JSON.stringify(account('kite'))).not.toContain(value)
    }
  })

  test('at the exchange gets no request token into its words', async () => {
    const { engine, tap, account, clock, words } = await echoAt('POST /session/token')
    const login = loginFailure(engine.login('kite'))
    await clock.untilWaitingFor(25_000)
    clock.advance(25_000)
    expect((await login).kind).toBe('token-expired')
    expect(words()).toContain('[secret]')
    expect(new Set(tap.values('request_token')).size).toBe(2)
    for (const value of tap.values('request_token'))
      expect(JSON.stringify(account('kite'))).not.toContain(value)
  })

  test('about a token gets no token into its words', async () => {
    const { engine, tap, account, words } = await echoAt('GET /user/profile')
    await loginFailure(engine.login('kite'))
    expect(words()).toContain('[secret]')
    const [token] = tap.values('access_token')
    expect(token).toMatch(/^\w{32}$/)
    expect(JSON.stringify(account('kite'))).not.toContain(token)
  })
})
