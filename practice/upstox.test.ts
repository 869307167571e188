import { expect, test } from 'vitest'
import {
  asked,
  codeAt,
  Cookies,
  expectReply,
  fieldIn,
  stopAfterTest,
  location,
  MONDAY_MORNING,
  postJson,
} from './test-client.ts'
import { startUpstox, upstoxModel } from './upstox.ts'
import { GENERATE, startForTest } from './upstox/test-client.ts'
import type { UpstoxCredentials } from './upstox/credentials.ts'

test('a whole login, written out', async () => {
  const broker = await stopAfterTest(startUpstox({ now: () => MONDAY_MORNING }))
  const { api, service } = broker.endpoints
  const { client_id, client_secret, redirect_uri, username, pin_code } = broker.credentials

  const dialog = new URLSearchParams({ response_type: 'code', client_id, redirect_uri })
  const opened = await fetch(`${api}/v2/login/authorization/dialog?${dialog.toString()}`)
  const { searchParams: page } = new URL(opened.url)
  const internal = new URLSearchParams({
    client_id: page.get('client_id') ?? '',
    redirect_uri: page.get('redirect_uri') ?? '',
  }).toString()

  const cookies = new Cookies()
  const post = async (path: string, data: object, headers: Readonly<Record<string, string>> = {}) => {
    const response = await postJson(`${service}${path}`, JSON.stringify({ data }), {
      'x-request-id': 'WPRO-0123456789',
      'x-device-details': 'platform=WEB|osName=Linux|uuid=01234567890123456789|userAgent=Upstox 3.0',
      ...cookies.header,
      ...headers,
    })
    cookies.take(response)
    return response.text()
  }
  const generated = await post('/login/open/v6/auth/1fa/otp/generate', {
    mobileNumber: username,
    userId: page.get('user_id'),
    countryIsdCode: '+91',
  })
  const validateOtpToken = fieldIn(generated, 'validateOTPToken')
  const otp = codeAt(broker, MONDAY_MORNING)
  await post('/login/open/v5/auth/1fa/otp-totp/verify', { otp, validateOtpToken })
  const pin = { twoFAMethod: 'SECRET_PIN', inputText: btoa(pin_code), profileId: 1 }
  const ofProfile = { 'x-profile-id': '1', 'x-user-id': 'PR0001' }
  await post(`/login/open/v4/auth/2fa?${internal}`, pin, ofProfile)
  const authorize = `${internal}&requestId=WPRO-0123456789&response_type=code`
  const approved = await post(`/login/v2/oauth/authorize?${authorize}`, { userOAuthApproval: true })
  const code = new URL(fieldIn(approved, 'redirectUri')).searchParams.get('code') ?? ''

  const session = await fetch(`${api}/v2/login/authorization/token`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({
      code,
      client_id,
      client_secret,
      redirect_uri,
      grant_type: 'authorization_code',
    }),
  })
  const accessToken = fieldIn(await session.text(), 'access_token')
  const headers = { authorization: `Bearer ${accessToken}` }
  const profile = await fetch(`${api}/v2/user/profile`, { headers })
  expect(await profile.json()).toMatchObject({ status: 'success', data: { user_id: 'PR0001' } })
  expect((await fetch(`${api}/v2/logout`, { method: 'DELETE', headers })).status).toBe(200)

  expect(asked(broker)).toEqual([
    'api GET /v2/login/authorization/dialog',
    'login GET /',
    'service POST /login/open/v6/auth/1fa/otp/generate',
    'service POST /login/open/v5/auth/1fa/otp-totp/verify',
    'service POST /login/open/v4/auth/2fa',
    'service POST /login/v2/oauth/authorize',
    'api POST /v2/login/authorization/token',
    'api GET /v2/user/profile',
    'api DELETE /v2/logout',
  ])
  expect(JSON.stringify(broker.requests)).not.toContain(accessToken)
})

test('a token outlives a restart on the same credentials, not on others', async () => {
  const { broker, clock, client } = await startForTest()
  const access_token = await client.accessToken()
  await broker.stop()
  const isAccepted = (credentials: Partial<UpstoxCredentials>) =>
    upstoxModel({ now: () => clock.ms, credentials }).accepts({ access_token })
  expect(isAccepted({})).toBe(true)
  expect(isAccepted({ client_id: 'another' })).toBe(false)
  expect(isAccepted({ client_secret: 'another' })).toBe(false)
  expect(isAccepted({ username: '9000000001' })).toBe(false)
})

test('each endpoint answers for itself only', async () => {
  const { broker } = await startForTest()
  const { api, login, service } = broker.endpoints
  expect(new Set([api, login, service]).size).toBe(3)
  for (const [method, url] of [
    ['POST', `${api}${GENERATE}`],
    ['GET', `${api}/`],
    ['GET', `${login}/v2/login/authorization/dialog`],
    ['POST', `${login}${GENERATE}`],
    ['POST', `${service}/v2/login/authorization/token`],
    ['GET', `${service}/v2/user/profile`],
    ['GET', `${service}/`],
  ] as const) {
    const error = { errorCode: 'UDAPI10000', error_code: 'UDAPI10000', message: 'Route not found' }
    await expectReply(fetch(url, { method }), 404, { status: 'error', errors: [error] })
  }
})

test('what the person changes at the broker holds from then on', async () => {
  const { broker, clock, client } = await startForTest()
  const changed = {
    client_id: 'new id',
    client_secret: 'new secret',
    redirect_uri: 'https://new.example/',
    username: '9000000001',
    pin_code: '135791',
    totp_secret: 'NEWPRACTICENEWPRACTICENEWPRACTIC',
  }
  const old = codeAt(broker, clock.ms)
  broker.change(changed)
  expect(broker.credentials).toEqual(changed)
  await expectReply(client.verify(await client.otpToken(), { otp: old }), 200, { success: false })
  expect(location(await client.dialog())).toContain('user_id=PR0001')
  await expectReply(client.profile(await client.accessToken()), 200, { status: 'success' })
})

test('the clock of the Date header can be wrong while the broker’s own is right', async () => {
  const { client } = await startForTest({ dateHeaderOffsetMs: -45_000 })
  const response = await client.generate()
  expect(response.headers.get('date')).toBe('Mon, 05 Jan 2026 02:59:15 GMT')
  expect((await client.verify(await client.otpToken())).status).toBe(200)
})
