import { expect, test } from 'vitest'
import { asked, codeAt, expectReply, fieldIn, stopAfterTest, MONDAY_MORNING } from './test-client.ts'
import { kiteWebModel, startKiteWeb } from './kite-web.ts'
import { startForTest } from './kite-web/test-client.ts'
import type { KiteWebCredentials } from './kite-web/credentials.ts'

test('a whole login, written out', async () => {
  const broker = await stopAfterTest(startKiteWeb({ now: () => MONDAY_MORNING }))
  const { web } = broker.endpoints
  const { user_id, password } = broker.credentials
  const form = (fields: Record<string, string>) => new URLSearchParams(fields)
  const cookie = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? ''

  const loggedIn = await fetch(`${web}/api/login`, { method: 'POST', body: form({ user_id, password }) })
  const request_id = fieldIn(await loggedIn.text(), 'request_id')
  const verified = await fetch(`${web}/api/twofa`, {
    method: 'POST',
    headers: { cookie: cookie(loggedIn) },
    body: form({ user_id, request_id, twofa_type: 'totp', twofa_value: codeAt(broker, MONDAY_MORNING) }),
  })
  const enctoken = /enctoken=([^;]+)/.exec(verified.headers.getSetCookie().join('\n'))?.[1] ?? ''
  const headers = { authorization: `enctoken ${enctoken}` }
  const profile = await fetch(`${web}/oms/user/profile`, { headers })
  expect(await profile.json()).toMatchObject({ status: 'success', data: { user_id: 'PW0001' } })
  const holdings = await fetch(`${web}/oms/portfolio/holdings`, { headers })
  expect(await holdings.json()).toMatchObject({ status: 'success', data: [{ tradingsymbol: 'INFY' }] })

  expect(asked(broker)).toEqual([
    'web POST /api/login',
    'web POST /api/twofa',
    'web GET /oms/user/profile',
    'web GET /oms/portfolio/holdings',
  ])
  expect(broker.loginsCompleted).toBe(1)
  expect(JSON.stringify(broker.requests)).not.toContain(enctoken)
})

test('an enctoken outlives a restart on the same credentials, not on others', async () => {
  const { broker, clock, client } = await startForTest()
  const enctoken = await client.enctoken()
  await broker.stop()
  const isAccepted = (credentials: Partial<KiteWebCredentials>) =>
    kiteWebModel({ now: () => clock.ms, credentials }).accepts({ enctoken })
  expect(isAccepted({})).toBe(true)
  expect(isAccepted({ user_id: 'PW0002' })).toBe(false)
})

test('nothing of Kite Connect is here', async () => {
  const { broker } = await startForTest()
  for (const route of ['GET /connect/login', 'GET /user/profile', 'POST /session/token']) {
    const [method = '', path = ''] = route.split(' ')
    await expectReply(fetch(`${broker.endpoints.web}${path}`, { method }), 404, {
      message: 'Route not found',
    })
  }
})

test('wrong entries add up and block the account, as at Kite Connect', async () => {
  const { broker, client } = await startForTest()
  for (let count = 0; count < 4; count++) await client.password({ password: 'wrong' })
  await client.twofa(await client.requestId(), { twofa_value: '12345' })
  expect([broker.wrongPasswords, broker.wrongCodes, broker.isBlocked]).toEqual([4, 1, true])
  broker.unblock()
  expect(await client.enctoken()).not.toBe('')
})
