import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import { startForTest } from './test-client.ts'

const BAD_REQUEST_ID = {
  status: 'error',
  message: 'Invalid `request_id`',
  data: null,
  error_type: 'InputException',
}
const SUCCESS = { status: 'success' }

test('the right password is answered with a request_id and the second factor to use', async () => {
  const { broker, client } = await startForTest()
  const response = await client.password({ type: 'user_id' })
  expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/^kf_session=\w{32}; Path=\//)])
  expect(await response.json()).toEqual({
    status: 'success',
    data: {
      user_id: 'PR0001',
      request_id: expect.stringMatching(/^\w{32}$/),
      twofa_type: 'totp',
      twofa_types: ['totp'],
      profile: { user_name: 'Practice Trader', user_shortname: 'Practice', avatar_url: null },
    },
  })
  expect(broker.wrongPasswords).toBe(0)
})

test('both calls want a form with all fields', async () => {
  const { broker, client } = await startForTest()
  const { user_id, password } = broker.credentials
  const asJson = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const body = JSON.stringify({ user_id, password })
  const notForm = { message: 'Expected application/x-www-form-urlencoded', error_type: 'InputException' }
  await expectReply(client.web('/api/login', { ...asJson, body }), 400, notForm)
  await expectReply(client.web('/api/twofa', { ...asJson, body: '{}' }), 400, notForm)
  for (const field of ['user_id', 'password']) {
    await expectReply(client.password({ [field]: '' }), 400, {
      message: `Missing or empty field \`${field}\``,
    })
  }
  await expectReply(client.password({ type: 'email' }), 400, { message: 'Invalid `type`' })
  const requestId = await client.requestId()
  for (const field of ['user_id', 'request_id', 'twofa_value', 'twofa_type']) {
    await expectReply(client.twofa(requestId, { [field]: '' }), 400, {
      message: `Missing or empty field \`${field}\``,
    })
  }
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])
})

test('the right code signs the browser in and replaces its kf_session', async () => {
  const { broker, clock, client } = await startForTest()
  const requestId = await client.requestId()
  const before = client.cookies.get('kf_session')
  await expectReply(client.twofa(requestId), 200, SUCCESS)
  expect([...client.cookies.keys()]).toEqual(['kf_session', 'public_token', 'user_id'])
  expect(client.cookies.get('kf_session')).not.toBe(before)
  expect(broker.codesSeen).toEqual([clock.ms / 30_000])
})

test('without skip_session the browser gets an enctoken too', async () => {
  const { client } = await startForTest()
  await expectReply(client.twofa(await client.requestId(), { skip_session: '' }), 200, SUCCESS)
  expect(client.cookies.get('enctoken')).toMatch(/^[\w+/]{86}==$/)
})

test('a request_id is good for one login, of its own user, in its own browser', async () => {
  const { broker, clock, client } = await startForTest()
  const requestId = await client.requestId()
  await expectReply(client.twofa(requestId, { user_id: 'PR0002' }), 400, BAD_REQUEST_ID)
  await expectReply(client.twofa('0'.repeat(32)), 400, BAD_REQUEST_ID)

  const cookie = client.cookies.get('kf_session') ?? ''
  client.cookies.clear()
  await expectReply(client.twofa(requestId), 400, BAD_REQUEST_ID)
  client.cookies.set('kf_session', '0'.repeat(32))
  await expectReply(client.twofa(requestId), 400, BAD_REQUEST_ID)
  client.cookies.set('kf_session', cookie)

  const newer = await client.requestId()
  await expectReply(client.twofa(requestId), 400, BAD_REQUEST_ID)
  await expectReply(client.twofa(newer), 200, SUCCESS)
  clock.ms += 30_000
  await expectReply(client.twofa(newer), 400, BAD_REQUEST_ID)
  expect(broker.wrongCodes).toBe(0)
})

test('only the account’s own second factor is available, and asking for another costs nothing', async () => {
  const { broker, client } = await startForTest({ twofaTypes: ['app_code', 'sms'] })
  await expectReply(client.password(), 200, {
    data: { twofa_type: 'app_code', twofa_types: ['app_code', 'sms'] },
  })
  const requestId = await client.requestId()
  await expectReply(client.twofa(requestId, { twofa_type: 'totp' }), 400, {
    message: 'The requested 2FA type is not available',
    error_type: 'TwoFAException',
  })
  expect([broker.wrongCodes, broker.codesSeen]).toEqual([0, []])
  await expectReply(client.twofa(requestId, { twofa_type: 'app_code', twofa_value: '1' }), 403, {
    message: 'Invalid App Code',
  })
  await expectReply(client.twofa(requestId, { twofa_type: 'sms', twofa_value: '1' }), 403, {
    message: 'Invalid OTP',
  })
  await expectReply(client.twofa(requestId, { twofa_type: 'sms' }), 200, SUCCESS)
})
