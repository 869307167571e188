import { expect, test } from 'vitest'
import { expectReply } from '../by-hand.ts'
import { DEAD_SESSION, fault, NO_ACCESS, NO_MARGIN, practise } from './by-hand.ts'

const ONE_TIME_TOKEN = expect.stringMatching(/^[0-9A-F]{32}$/)

test('init says which host to ask, by default the one that was asked', async () => {
  const { broker, hand } = await practise()
  const host = broker.endpoints.api
  const here = { host, port: Number(new URL(host).port) }
  const response = await hand.init()
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
  await expectReply(hand.init({ userid: 'PRACTICE02' }), 400, fault(400, 'Unknown userid'))
})

test('a password is only taken where init has been asked', async () => {
  const { broker, hand } = await practise()
  await expectReply(hand.login(), 400, fault(400, 'Initialise the session first'))
  await hand.init({ userid: 'PRACTICE02' })
  await expectReply(hand.login({ password: 'wrong' }), 400, fault(400, 'Initialise the session first'))
  expect(broker.wrongPasswords).toBe(0)
  await hand.init()
  await expectReply(hand.login(), 200, { Success: {} })
})

test('the right password is answered with a one-time token', async () => {
  const { broker, clock, hand } = await practise()
  // One in the afternoon in India.
  clock.ms += 4.5 * 3_600_000
  await hand.init()
  const response = await hand.login()
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
  const { broker, clock, hand } = await practise()
  // One in the afternoon in India.
  clock.ms += 4.5 * 3_600_000
  const host = broker.endpoints.api
  const session = {
    sessionToken: expect.stringMatching(/^\w{32}$/),
    userId: 'PRACTICE01',
    loginTime: '1/5/2026 1:00:00 PM',
    service: { host, port: Number(new URL(host).port) },
    enabledSegments: ['CASH', 'FO', 'CDS'],
  }
  await expectReply(hand.withCode(await hand.oneTimeToken()), 200, { success: session })
  await expectReply(hand.withoutCode(await hand.oneTimeToken()), 200, { success: session })
  expect(broker.loginsCompleted).toBe(2)
})

test('an account can insist on the access code, and the one-time token survives being told so', async () => {
  const { hand } = await practise({ accessCodeRequired: true })
  const token = await hand.oneTimeToken()
  await expectReply(hand.withoutCode(token), 400, fault(400, 'Access code is required'))
  await expectReply(hand.withCode(token), 200, { success: {} })
})

test('a logout ends one session, of its own user', async () => {
  const { broker, hand } = await practise()
  const first = await hand.sessionToken()
  const second = await hand.sessionToken()
  await expectReply(hand.logout(first, { userid: 'PRACTICE02' }), 401, NO_ACCESS)
  await expectReply(hand.logout('0'.repeat(32)), 401, NO_ACCESS)
  await expectReply(hand.margin(first), 200, NO_MARGIN)
  await expectReply(hand.logout(first), 200, { Success: { message: 'Logout Successful.' } })
  await expectReply(hand.margin(first), 403, DEAD_SESSION)
  await expectReply(hand.logout(first), 401, NO_ACCESS)
  await expectReply(hand.margin(second), 200, NO_MARGIN)
  expect([broker.accepts({ session_token: first }), broker.accepts({ session_token: second })]).toEqual([
    false,
    true,
  ])
})
