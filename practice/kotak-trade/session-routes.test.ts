import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import { DEAD_SESSION, fault, NO_ACCESS, NO_MARGIN, startForTest } from './test-client.ts'

const ONE_TIME_TOKEN = expect.stringMatching(/^[0-9A-F]{32}$/)

test('init says which host to ask, by default the one that was asked', async () => {
  const { broker, client } = await startForTest()
  const host = broker.endpoints.api
  const here = { host, port: Number(new URL(host).port) }
  const response = await client.init()
  expect([response.status, await response.json()]).toEqual([
    200,
    {
      Success: {
        clientType: 'ONLINE',
        message: '',
        redirect: here,
        service: here,
        status: 'Success',
        userid: 'PRACTICE01',
      },
    },
  ])
  await expectReply(client.init({ userid: 'PRACTICE02' }), 400, fault(400, 'Unknown userid'))
})

test('a password is only taken where init has been asked', async () => {
  const { broker, client } = await startForTest()
  await expectReply(client.login(), 400, fault(400, 'Initialise the session first'))
  await client.init({ userid: 'PRACTICE02' })
  await expectReply(client.login({ password: 'wrong' }), 400, fault(400, 'Initialise the session first'))
  expect(broker.wrongPasswords).toBe(0)
  await client.init()
  await expectReply(client.login(), 200, { Success: {} })
})

test('the right password is answered with a one-time token', async () => {
  const { broker, clock, client } = await startForTest()
  // 13:00 in India.
  clock.ms += 4.5 * 3_600_000
  await client.init()
  const response = await client.login()
  const { origin, port } = new URL(broker.endpoints.api)
  expect([response.status, await response.json()]).toEqual([
    200,
    {
      Success: {
        Status: 'Temporary',
        accessCodeTime: '1/5/2026 12:01:00 AM',
        biometric: 'N',
        clientType: 'ONLINE',
        emailId: 'pxxxxxxe@example.com',
        message: 'Authentication Successful.',
        mpin: 'N',
        oneTimeToken: ONE_TIME_TOKEN,
        phoneNo: 'XXXXXXX000',
        redirect: { host: origin, port: Number(port), userid: 'PRACTICE01' },
      },
    },
  ])
})

test('with the access code or without it, a one-time token is exchanged for a session', async () => {
  const { broker, clock, client } = await startForTest()
  // 13:00 in India.
  clock.ms += 4.5 * 3_600_000
  const host = broker.endpoints.api
  const session = {
    sessionToken: expect.stringMatching(/^\w{32}$/),
    userId: 'PRACTICE01',
    loginTime: '1/5/2026 1:00:00 PM',
    service: { host, port: Number(new URL(host).port) },
    enabledSegments: ['CASH', 'FO', 'CDS'],
  }
  await expectReply(client.withCode(await client.oneTimeToken()), 200, { success: session })
  await expectReply(client.withoutCode(await client.oneTimeToken()), 200, { success: session })
  expect(broker.loginsCompleted).toBe(2)
})

test('an account can insist on the access code, and the one-time token survives being told so', async () => {
  const { client } = await startForTest({ accessCodeRequired: true })
  const token = await client.oneTimeToken()
  await expectReply(client.withoutCode(token), 400, fault(400, 'Access code is required'))
  await expectReply(client.withCode(token), 200, { success: {} })
})

test('a logout ends one session, of its own user', async () => {
  const { broker, client } = await startForTest()
  const first = await client.sessionToken()
  const second = await client.sessionToken()
  await expectReply(client.logout(first, { userid: 'PRACTICE02' }), 401, NO_ACCESS)
  await expectReply(client.logout('0'.repeat(32)), 401, NO_ACCESS)
  await expectReply(client.margin(first), 200, NO_MARGIN)
  await expectReply(client.logout(first), 200, { Success: { message: 'Logout Successful.' } })
  await expectReply(client.margin(first), 403, DEAD_SESSION)
  await expectReply(client.logout(first), 401, NO_ACCESS)
  await expectReply(client.margin(second), 200, NO_MARGIN)
  expect([broker.accepts({ session_token: first }), broker.accepts({ session_token: second })]).toEqual([
    false,
    true,
  ])
})
