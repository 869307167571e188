import { describe, expect, onTestFinished, test } from 'vitest'
import { startKiteWeb } from '../../../../practice/kite-web.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { kiteMorning } from '../../../../tests/support/kite-morning.ts'
import { registry } from '../registry.ts'

/** Creates a user's accounts at both of Zerodha’s brokers: `kite` at Kite Connect, and `web`. */
async function bothAccounts(typed: Readonly<Record<string, string>> = {}) {
  const parts = await kiteMorning({ typed })
  const { accounts, broker: connect, clock } = parts
  const { user_id, password, totp_secret } = connect.credentials
  const credentials = { user_id, password, totp_secret }
  const web = await startKiteWeb({ now: () => clock.now(), credentials })
  onTestFinished(() => web.stop())
  const values = { ...credentials, ...typed }
  const { endpoints } = web
  await accounts.add({ name: 'web', brokerId: 'kite-web', values, endpoints, acceptTerms: true })
  return { ...parts, connect, web }
}

describe('Kite Connect and the Kite web session of one person', () => {
  test('count wrong passwords together: Zerodha blocks the person', async () => {
    const { account, engine, web } = await bothAccounts({ password: 'not it' })
    await loginFailure(engine.login('kite'))
    expect(account('web').spent).toEqual({ password: 1, code: 0 })
    expect((await loginFailure(engine.login('web'))).kind).toBe('budget-spent')
    expect(web.requests).toEqual([])
  })

  test('are both forgiven when the password is entered at one of them', async () => {
    const { account, accounts, engine, connect, web } = await bothAccounts({ password: 'not it' })
    await loginFailure(engine.login('web'))
    const { endpoints, credentials } = connect
    const values = { password: credentials.password }
    await accounts.change('kite', { values, endpoints, acceptTerms: false })
    expect(account('web').spent.password).toBe(0)
    expect(await engine.login('kite')).toBe('obtained')
    expect(web.wrongPasswords).toBe(1)
  })

  test('logging in at the same time send two different codes, one after the other', async () => {
    const { clock, connect, engine, web } = await bothAccounts()
    const logins = Promise.all([engine.login('kite'), engine.login('web')])
    await clock.untilWaitingFor(25_000)
    clock.advance(25_000)
    expect(await logins).toEqual(['obtained', 'obtained'])
    const seen = [...connect.codesSeen, ...web.codesSeen].sort((a, b) => a - b)
    expect(seen).toHaveLength(2)
    expect(new Set(seen).size).toBe(2)
  })

  test('leave another person’s login alone', async () => {
    const { account, accounts, engine, web } = await bothAccounts({ password: 'not it' })
    const values = { ...web.credentials, user_id: 'CD5678' }
    const { endpoints } = web
    await accounts.add({ name: 'other', brokerId: 'kite-web', values, endpoints, acceptTerms: true })
    await loginFailure(engine.login('kite'))
    expect(account('other').spent).toEqual({ password: 0, code: 0 })
  })
})

describe('brokers that share logins', () => {
  const sharing = [...registry.values()].flatMap((broker) =>
    (broker.sharesLoginWith ?? []).map((otherId) => ({ broker, otherId })),
  )
  test.each(sharing)('$broker.id and $otherId name each other and the same field', ({ broker, otherId }) => {
    const other = registry.get(otherId)
    expect(other?.identity).toBe(broker.identity)
    expect(other?.sharesLoginWith).toContain(broker.id)
  })
})
