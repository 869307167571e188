import { createHash } from 'node:crypto'
import { KiteConnect } from 'kiteconnect'
import { expect, onTestFinished, test } from 'vitest'
import { startKiteConnect, type KiteConnectOptions } from './kite-connect.ts'
import { codeAt, location, MONDAY_MORNING, practise } from './kite-connect/by-hand.ts'

async function start(options: KiteConnectOptions) {
  const broker = await startKiteConnect(options)
  onTestFinished(() => broker.stop())
  return broker
}

test('a whole login, written out', async () => {
  const broker = await start({ now: () => MONDAY_MORNING })
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
  const [, request_id = ''] = /"request_id":"(\w+)"/.exec(await loggedIn.text()) ?? []
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
  const [, accessToken = ''] = /"access_token":"(\w+)"/.exec(await session.text()) ?? []
  const profile = await fetch(`${api}/user/profile`, {
    headers: { 'x-kite-version': '3', authorization: `token ${api_key}:${accessToken}` },
  })
  expect(await profile.json()).toMatchObject({ status: 'success', data: { user_id: 'PR0001' } })

  expect(broker.requests.map(({ listener, method, path }) => `${listener} ${method} ${path}`)).toEqual([
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

test('the official client logs in, asks for the profile, and logs out', async () => {
  const { broker, clock, hand } = await practise()
  const { api_key, api_secret } = broker.credentials
  const official = new KiteConnect({ api_key, root: broker.endpoints.api })
  const requestToken = await hand.requestToken()
  await expect(official.generateSession(requestToken, api_key)).rejects.toMatchObject({
    message: 'Invalid `checksum`.',
    error_type: 'TokenException',
  })
  const session = await official.generateSession(requestToken, api_secret)
  expect(session).toMatchObject({ user_id: 'PR0001', broker: 'ZERODHA', api_key })
  expect(await official.getProfile()).toMatchObject({ user_id: 'PR0001', user_name: 'Practice Trader' })
  expect(await official.invalidateAccessToken()).toBe(true)
  await expect(official.getProfile()).rejects.toMatchObject({ error_type: 'TokenException' })
  await expect(official.generateSession(requestToken, api_secret)).rejects.toMatchObject({
    error_type: 'TokenException',
  })

  clock.ms += 30_000
  official.setAccessToken(await hand.accessToken())
  expect(await official.getProfile()).toMatchObject({ user_id: 'PR0001' })
  clock.ms += 24 * 3_600_000
  await expect(official.getProfile()).rejects.toMatchObject({
    message: 'Incorrect `api_key` or `access_token`.',
    error_type: 'TokenException',
  })
})

test('a token outlives a restart on the same credentials, not on others', async () => {
  const { broker, clock, hand } = await practise()
  const token = await hand.accessToken()
  await broker.stop()
  const now = () => clock.ms
  const profile = async (options: KiteConnectOptions) => {
    const { endpoints, credentials } = await start({ now, ...options })
    const headers = { 'x-kite-version': '3', authorization: `token ${credentials.api_key}:${token}` }
    return (await fetch(`${endpoints.api}/user/profile`, { headers })).status
  }
  expect(await profile({})).toBe(200)
  expect(await profile({ credentials: { api_secret: 'another' } })).toBe(403)
  expect(await profile({ credentials: { user_id: 'PR0002' } })).toBe(403)
})

test('each endpoint answers for itself only', async () => {
  const { broker } = await practise()
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
    const response = await fetch(url, { method })
    expect([url, response.status, await response.json()]).toEqual([
      url,
      404,
      { status: 'error', message: 'Route not found', data: null, error_type: 'InputException' },
    ])
  }
})

test('the wanted ports and the given credentials are used', async () => {
  const first = await startKiteConnect()
  await first.stop()
  const portOf = (url: string) => Number(new URL(url).port)
  const ports = { web: portOf(first.endpoints.web), api: portOf(first.endpoints.api) }
  const second = await start({ ports, credentials: { user_id: 'ME0001' } })
  expect(second.endpoints).toEqual(first.endpoints)
  expect(second.credentials).toEqual({ ...first.credentials, user_id: 'ME0001' })
  const third = await start({ ports })
  expect(third.endpoints.web).not.toBe(second.endpoints.web)
})

test('the clock of the Date header can be wrong while the broker’s own is right', async () => {
  const { hand } = await practise({ dateHeaderOffsetMs: -45_000 })
  const response = await hand.password()
  expect(response.headers.get('date')).toBe('Mon, 05 Jan 2026 02:59:15 GMT')
  expect((await hand.twofa(await hand.requestId())).status).toBe(200)
})

test('faults speak Kite’s envelope', async () => {
  const { broker, hand } = await practise()
  broker.fault({ at: 'POST /api/login', kind: 'status', status: 429, retryAfter: '5' })
  broker.fault({ at: 'POST /api/login', kind: 'status', status: 502 })
  broker.fault({ at: 'POST /api/login', kind: 'error-200' })
  broker.fault({ at: 'POST /api/login', kind: 'echo' })
  const replies: unknown[] = []
  for (let count = 0; count < 4; count += 1) replies.push(await (await hand.password()).json())
  expect(replies).toMatchObject([
    { status: 'error', data: null, error_type: 'NetworkException' },
    { status: 'error', data: null, error_type: 'NetworkException' },
    { status: 'error', data: null, error_type: 'GeneralException' },
    { status: 'error', message: expect.stringContaining('practice password'), error_type: 'InputException' },
  ])
  expect(broker.wrongPasswords).toBe(0)
})

test('a code counts as used although the reply was lost', async () => {
  const { broker, hand } = await practise()
  const requestId = await hand.requestId()
  broker.fault({ at: 'POST /api/twofa', kind: 'reset-after-processing' })
  await expect(hand.twofa(requestId)).rejects.toThrow()
  expect(broker.codesSeen).toHaveLength(1)
  const again = await hand.twofa(await hand.requestId())
  expect(await again.json()).toMatchObject({ message: 'Invalid TOTP' })
})

test('the redirects can go wrong: round in circles, to strangers, or back with an error', async () => {
  const { broker, hand } = await practise()
  const sessId = await hand.signIn()
  const at = 'GET /connect/finish'
  const finish = async () => location(await hand.web(hand.path('/connect/finish', sessId)))
  broker.fault({ at, kind: 'redirect-loop', times: 2 })
  broker.fault({ at, kind: 'redirect', location: 'https://stranger.example/' })
  broker.fault({ at, kind: 'redirect', location: `${broker.redirectUrl}?status=error&message=No` })
  const loop = `${broker.endpoints.web}${hand.path('/connect/finish', sessId)}`
  expect([await finish(), await finish()]).toEqual([loop, loop])
  expect(await finish()).toBe('https://stranger.example/')
  expect(await finish()).toBe('http://127.0.0.1:9/registered-redirect?status=error&message=No')
  expect(await finish()).toContain('request_token=')
})
