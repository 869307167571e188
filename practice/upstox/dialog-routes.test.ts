import { expect, test } from 'vitest'
import { expectReply, location } from '../test-client.ts'
import { upstoxModel } from '../upstox.ts'
import { startForTest } from './test-client.ts'
import { LOGIN_APP } from './login-app.ts'

const WRONG_APP = {
  status: 'error',
  errors: [
    {
      errorCode: 'UDAPI100068',
      error_code: 'UDAPI100068',
      message: "Check your 'client_id' and 'redirect_uri'; one or both are incorrect.",
    },
  ],
}
const INVALID_INPUT = { status: 'error', errors: [{ errorCode: 'UDAPI100036', error_code: 'UDAPI100036' }] }

test('the dialog leads to the login page, which calls the app by another name', async () => {
  const { broker, client } = await startForTest()
  const response = await client.dialog()
  expect(response.status).toBe(302)
  const page = new URL(location(response))
  expect(page.origin + page.pathname).toBe(`${broker.endpoints.login}/`)
  expect(Object.fromEntries(page.searchParams)).toEqual({
    user_id: 'PR0001',
    client_id: 'PRACTICE-LOGIN-PAGES',
    user_type: 'individual',
    redirect_uri: LOGIN_APP.redirect_uri,
  })
  expect(broker.credentials.client_id).not.toBe('PRACTICE-LOGIN-PAGES')
  const shown = await fetch(page)
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const text = await shown.text()
  expect(text).toContain('<h1>Practice Upstox</h1>')
  expect(text).toContain(broker.endpoints.service)
})

test('there may be more redirects before the login page', async () => {
  const { broker, client } = await startForTest({ redirectHops: 2 })
  let response = await client.dialog()
  for (let hop = 1; hop <= 2; hop += 1) {
    expect(location(response)).toMatch(new RegExp(`^/v2/login/authorization/continue\\?.*hop=${hop}$`))
    response = await fetch(new URL(location(response), broker.endpoints.api), { redirect: 'manual' })
  }
  expect(location(response)).toMatch(/\/\?.*user_id=PR0001/)
})

test('without sockets the login page is at its real address', () => {
  const { credentials, routes } = upstoxModel()
  const { client_id, redirect_uri } = credentials
  const query = new URLSearchParams({ response_type: 'code', client_id, redirect_uri })
  const reply = routes.api['GET /v2/login/authorization/dialog']?.({
    method: 'GET',
    url: new URL(`https://api.upstox.com/v2/login/authorization/dialog?${query.toString()}`),
    headers: {},
    body: '',
  })
  expect(reply?.headers.location).toMatch(/^https:\/\/login\.upstox\.com\/\?/)
})

test('another app or redirect URL gets JSON and no redirect', async () => {
  const { broker, client } = await startForTest()
  const { redirect_uri } = broker.credentials
  for (const changes of [
    { client_id: 'another' },
    { client_id: 'PRACTICE-LOGIN-PAGES' },
    { redirect_uri: `${redirect_uri}/` },
    { redirect_uri: redirect_uri.toUpperCase() },
  ]) {
    await expectReply(client.dialog(changes), 401, WRONG_APP)
  }
})

test('every field is needed, and only a code can be asked for', async () => {
  const { client } = await startForTest()
  for (const field of ['client_id', 'redirect_uri', 'response_type']) {
    await expectReply(client.dialog({ [field]: '' }), 400, INVALID_INPUT)
  }
  await expectReply(client.dialog({ response_type: 'token' }), 400, INVALID_INPUT)
})

test('an inactive app gets no further', async () => {
  const { client } = await startForTest({ appActive: false })
  const errors = [{ errorCode: 'UDAPI100073', error_code: 'UDAPI100073' }]
  await expectReply(client.dialog(), 401, { status: 'error', errors })
  await expectReply(client.dialog({ client_id: 'another' }), 401, WRONG_APP)
})
