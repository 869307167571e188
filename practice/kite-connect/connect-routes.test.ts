import { expect, test } from 'vitest'
import { expectReply, location } from '../test-client.ts'
import { startForTest, requestTokenIn } from './test-client.ts'

const LOGIN_PAGE = /<form id="password-form">/

test('the login URL adds a sess_id to itself and sets kf_session', async () => {
  const { broker, client } = await startForTest()
  const response = await client.web('/connect/login?v=3&api_key=practicekey00000')
  expect(response.status).toBe(302)
  const start = `${broker.endpoints.web}/connect/login?v=3&api_key=practicekey00000&sess_id=`
  expect(location(response)).toMatch(new RegExp(`^${start.replaceAll('?', '\\?')}\\w{32}$`))
  expect([...client.cookies.keys()]).toEqual(['kf_session'])
  const page = await client.web(location(response))
  expect([page.status, await page.text()]).toEqual([200, expect.stringMatching(LOGIN_PAGE)])
})

test.each(['/connect/login', '/connect/finish', '/connect/authorize', '/connect/continue'])(
  '%s knows its app only',
  async (path) => {
    const { client } = await startForTest()
    const sessId = await client.signIn()
    const ask = (query: string) => client.web(`${path}?v=3&sess_id=${sessId}${query}`)
    await expectReply(ask('&api_key=another'), 400, { message: 'Invalid `api_key`.' })
    await expectReply(ask(''), 400, { message: 'Missing or empty field `api_key`' })
  },
)

test('the login URL wants v=3', async () => {
  const { client } = await startForTest()
  for (const version of ['', '&v=2']) {
    const response = await client.web(`/connect/login?api_key=practicekey00000${version}`)
    expect([response.status, await response.json()]).toMatchObject([400, { message: 'Invalid `v`.' }])
  }
})

test('after signing in, the login URL leads over /connect/finish to the registered URL', async () => {
  const { client } = await startForTest({ redirectUrl: 'https://trader.example/back?mine=1' })
  const connectUrl = await client.open()
  await client.twofa(await client.requestId())
  const toFinish = await client.web(`${connectUrl}&skip_session=true`)
  expect([toFinish.status, location(toFinish)]).toEqual([302, expect.stringMatching(/^\/connect\/finish\?/)])
  const last = await client.web(location(toFinish))
  expect(last.status).toBe(302)
  expect(location(last)).toMatch(
    /^https:\/\/trader\.example\/back\?mine=1&type=login&status=success&request_token=\w{32}&action=login$/,
  )
})

test('there may be more redirects before the registered URL', async () => {
  const { client } = await startForTest({ redirectHops: 3 })
  let response = await client.web(client.path('/connect/finish', await client.signIn()))
  for (let hop = 1; hop <= 3; hop += 1) {
    expect(location(response)).toMatch(new RegExp(`^/connect/continue\\?.*hop=${hop}$`))
    response = await client.web(location(response))
  }
  expect(requestTokenIn(response)).toMatch(/^\w{32}$/)
})

test('those may name kite.trade', async () => {
  const { client } = await startForTest({ redirectHops: 1, hopsByAlias: true })
  const response = await client.web(client.path('/connect/finish', await client.signIn()))
  expect(location(response)).toMatch(/^https:\/\/kite\.trade\/connect\/continue\?.*hop=1$/)
})

test.each([
  ['https://trader.example/back?status=live', '?status=live&'],
  ['https://trader.example/#/back', '#/back?'],
  ['https://trader.example/?mine=1#/back', '?mine=1#/back&'],
])('Kite’s fields come behind those of %s', async (redirectUrl, before) => {
  const { client } = await startForTest({ redirectUrl })
  const end = location(await client.web(client.path('/connect/finish', await client.signIn())))
  expect(end).toContain(`${before}type=login&status=success&request_token=`)
})

test('an app that was made for somebody else’s user ID lets nobody in', async () => {
  const { client } = await startForTest({ clientId: 'PR00' })
  const finish = client.web(client.path('/connect/finish', await client.signIn()))
  await expectReply(finish, 400, {
    message: 'The user is not enabled for the app.',
    error_type: 'InputException',
  })
})

test('Kite may forget the app and lead to its own page', async () => {
  const { client } = await startForTest({ forgetsApp: true })
  const finish = await client.web(client.path('/connect/finish', await client.signIn()))
  expect([finish.status, location(finish)]).toEqual([302, '/dashboard'])
  expect(await (await client.web('/dashboard')).text()).toContain('Holdings')
})

test('a browser that has not signed in is led back to the login page', async () => {
  const { client } = await startForTest()
  const connectUrl = await client.open()
  const sessId = new URL(connectUrl).searchParams.get('sess_id') ?? ''
  await client.password()
  for (const path of ['/connect/finish', '/connect/authorize', '/connect/continue']) {
    const response = await client.web(client.path(path, sessId))
    expect([response.status, location(response)]).toEqual([302, expect.stringMatching(/^\/connect\/login\?/)])
    const page = await client.web(location(response))
    expect([page.status, await page.text()]).toEqual([200, expect.stringMatching(LOGIN_PAGE)])
  }
})

test('signing in counts for the browser that did it, with the sess_id it was given', async () => {
  const { clock, client } = await startForTest()
  const sessId = await client.signIn()
  const isLetThrough = async (id: string) => {
    const response = await client.web(client.path('/connect/finish', id))
    return location(response).includes('request_token=')
  }
  expect(await isLetThrough(sessId)).toBe(true)
  expect(await isLetThrough('0'.repeat(32))).toBe(false)

  const signedIn = client.cookies.get('kf_session') ?? ''
  client.cookies.clear()
  expect(await isLetThrough(sessId)).toBe(false)
  clock.ms += 30_000
  const sessIdOfAnother = await client.signIn()
  expect(await isLetThrough(sessId)).toBe(false)
  expect(await isLetThrough(sessIdOfAnother)).toBe(true)
  client.cookies.set('kf_session', signedIn)
  expect(await isLetThrough(sessIdOfAnother)).toBe(false)
  expect(await isLetThrough(sessId)).toBe(true)
})

test('the kf_session from before the second factor is void after it', async () => {
  const { client } = await startForTest()
  const connectUrl = await client.open()
  const before = client.cookies.get('kf_session') ?? ''
  await client.twofa(await client.requestId())
  client.cookies.set('kf_session', before)
  const response = await client.web(connectUrl)
  expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(LOGIN_PAGE)])
})

test('a new password login ends the session that was signed in', async () => {
  const { client } = await startForTest()
  const sessId = await client.signIn()
  await client.password()
  expect(location(await client.web(client.path('/connect/finish', sessId)))).toMatch(/^\/connect\/login/)
})

test('a browser that signs in before it opens the login URL gets there too', async () => {
  const { client } = await startForTest()
  await client.twofa(await client.requestId())
  const toFinish = await client.web(await client.open())
  expect(requestTokenIn(await client.web(location(toFinish)))).toMatch(/^\w{32}$/)
})

test('a first-time app has to be authorized once, with the public_token of the session', async () => {
  const { client, broker, clock } = await startForTest({ authorised: false })
  const sessId = await client.signIn()
  const toConsent = await client.web(client.path('/connect/finish', sessId))
  expect(location(toConsent)).toMatch(/^\/connect\/authorize\?/)
  const page = await client.web(location(toConsent))
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Authorize')])

  const { api_key } = broker.credentials
  const consent = (authorize: string) =>
    client.post('/connect/finish', { api_key, sess_id: sessId, authorize })
  for (const authorize of ['', 'true', '0'.repeat(32)]) expect((await consent(authorize)).status).toBe(400)
  for (const path of ['/connect/finish', '/connect/continue']) {
    expect(location(await client.web(client.path(path, sessId)))).toMatch(/^\/connect\/authorize\?/)
  }

  const publicToken = client.cookies.get('public_token') ?? ''
  const done = await consent(publicToken)
  expect([done.status, requestTokenIn(done)]).toEqual([302, expect.stringMatching(/^\w{32}$/)])

  client.cookies.clear()
  expect(location(await consent(publicToken))).toMatch(/^\/connect\/login\?/)
  clock.ms += 30_000
  expect(await client.requestToken()).toMatch(/^\w{32}$/)
})

test('a master logout signs every browser out', async () => {
  const { broker, client } = await startForTest()
  const sessId = await client.signIn()
  broker.endSessions()
  expect(location(await client.web(client.path('/connect/finish', sessId)))).toMatch(/^\/connect\/login\?/)
})
