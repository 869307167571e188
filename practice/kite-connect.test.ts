import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  asked,
  codeAt,
  expectReply,
  fieldIn,
  stopAfterTest,
  location,
  MONDAY_MORNING,
} from './test-client.ts'
import { kiteConnectModel, startKiteConnect } from './kite-connect.ts'
import { startForTest } from './kite-connect/test-client.ts'
import type { KiteCredentials } from './kite-connect/credentials.ts'

test('a whole login, written out', async () => {
  const broker = await stopAfterTest(startKiteConnect({ now: () => MONDAY_MORNING }))
  const { web, api } = broker.endpoints
  const { api_key, api_secret, user_id, password } = broker.credentials
  const form = (fields: Record<string, string>) => new URLSearchParams(fields)
  const cookie = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? ''

  const opened = await fetch(`${web}/connect/login?v=3&api_key=${api_key}`, { redirect: 'manual' })
  const connectUrl = location(opened)
  const loggedIn = await fetch(`${web}/api/login`, {
    method: 'POST',
    headers: { cookie: cookie(opened) },
    body: form({ user_id, password }),
  })
  const request_id = fieldIn(await loggedIn.text(), 'request_id')
  const verified = await fetch(`${web}/api/twofa`, {
    method: 'POST',
    headers: { cookie: cookie(loggedIn) },
    body: form({ user_id, request_id, twofa_type: 'totp', twofa_value: codeAt(broker, MONDAY_MORNING) }),
  })
  const follow = (url: string) =>
    fetch(url, { headers: { cookie: cookie(verified) }, redirect: 'manual' }).then(location)
  const finishUrl = new URL(await follow(connectUrl), web).href
  const back = new URL(await follow(finishUrl))
  expect(`${back.origin}${back.pathname}`).toBe('http://127.0.0.1:9/registered-redirect')
  const request_token = back.searchParams.get('request_token') ?? ''
  const checksum = createHash('sha256')
    .update(api_key + request_token + api_secret)
    .digest('hex')
  const session = await fetch(`${api}/session/token`, {
    method: 'POST',
    headers: { 'x-kite-version': '3' },
    body: form({ api_key, request_token, checksum }),
  })
  const accessToken = fieldIn(await session.text(), 'access_token')
  const profile = await fetch(`${api}/user/profile`, {
    headers: { 'x-kite-version': '3', authorization: `token ${api_key}:${accessToken}` },
  })
  expect(await profile.json()).toMatchObject({ status: 'success', data: { user_id: 'PR0001' } })

  expect(asked(broker)).toEqual([
    'web GET /connect/login',
    'web POST /api/login',
    'web POST /api/twofa',
    'web GET /connect/login',
    'web GET /connect/finish',
    'api POST /session/token',
    'api GET /user/profile',
  ])
  expect(JSON.stringify(broker.requests)).not.toContain(accessToken)
})

test('a token outlives a restart on the same credentials, not on others', async () => {
  const { broker, clock, client } = await startForTest()
  const access_token = await client.accessToken()
  await broker.stop()
  const isAccepted = (credentials: Partial<KiteCredentials>) =>
    kiteConnectModel({ now: () => clock.ms, credentials }).accepts({ access_token })
  expect(isAccepted({})).toBe(true)
  expect(isAccepted({ api_secret: 'another' })).toBe(false)
  expect(isAccepted({ user_id: 'PR0002' })).toBe(false)
})

test('each endpoint answers for itself only', async () => {
  const { broker } = await startForTest()
  const { web, api } = broker.endpoints
  expect(web).not.toBe(api)
  for (const [method, url] of [
    ['POST', `${api}/api/login`],
    ['POST', `${api}/api/twofa`],
    ['GET', `${api}/connect/login`],
    ['GET', `${api}/connect/finish`],
    ['POST', `${web}/session/token`],
    ['DELETE', `${web}/session/token`],
    ['GET', `${web}/user/profile`],
    ['GET', `${web}/`],
  ] as const) {
    const body = { status: 'error', message: 'Route not found', data: null, error_type: 'InputException' }
    await expectReply(fetch(url, { method }), 404, body)
  }
})

test('the clock of the Date header can be wrong while the broker’s own is right', async () => {
  const { client } = await startForTest({ dateHeaderOffsetMs: -45_000 })
  const response = await client.password()
  expect(response.headers.get('date')).toBe('Mon, 05 Jan 2026 02:59:15 GMT')
  expect((await client.twofa(await client.requestId())).status).toBe(200)
})

test('faults speak Kite’s envelope', async () => {
  const { broker, client } = await startForTest()
  broker.fault({ at: 'POST /api/login', kind: 'status', status: 429, retryAfter: '5' })
  broker.fault({ at: 'POST /api/login', kind: 'status', status: 502 })
  broker.fault({ at: 'POST /api/login', kind: 'error-200' })
  broker.fault({ at: 'POST /api/login', kind: 'echo' })
  const replies: unknown[] = []
  for (let count = 0; count < 4; count += 1) replies.push(await (await client.password()).json())
  expect(replies).toMatchObject([
    { status: 'error', data: null, error_type: 'NetworkException' },
    { status: 'error', data: null, error_type: 'NetworkException' },
    { status: 'error', data: null, error_type: 'GeneralException' },
    { status: 'error', message: expect.stringContaining('practice password'), error_type: 'InputException' },
  ])
  expect(broker.wrongPasswords).toBe(0)
})

test('a code counts as used although the reply was lost', async () => {
  const { broker, client } = await startForTest()
  const requestId = await client.requestId()
  broker.fault({ at: 'POST /api/twofa', kind: 'reset-after-processing' })
  await expect(client.twofa(requestId)).rejects.toThrow()
  expect(broker.codesSeen).toHaveLength(1)
  const again = await client.twofa(await client.requestId())
  expect(await again.json()).toMatchObject({ message: 'Invalid TOTP' })
})

test('the redirects can go wrong: round in circles, to strangers, or back with an error', async () => {
  const { broker, client } = await startForTest()
  const sessId = await client.signIn()
  const at = 'GET /connect/finish'
  const finish = async () => location(await client.web(client.path('/connect/finish', sessId)))
  broker.fault({ at, kind: 'redirect-loop', times: 2 })
  broker.fault({ at, kind: 'redirect', location: 'https://stranger.example/' })
  broker.fault({ at, kind: 'redirect', location: `${broker.redirectUrl}?status=error&message=No` })
  const loop = `${broker.endpoints.web}${client.path('/connect/finish', sessId)}`
  expect([await finish(), await finish()]).toEqual([loop, loop])
  expect(await finish()).toBe('https://stranger.example/')
  expect(await finish()).toBe('http://127.0.0.1:9/registered-redirect?status=error&message=No')
  expect(await finish()).toContain('request_token=')
})
