import { expect, test } from 'vitest'
import { codeAt, expectReply, wrongCode } from '../test-client.ts'
import { startForTest, type TestClient } from './test-client.ts'

const BAD_PASSWORD = {
  status: 'error',
  message: 'Invalid username or password.',
  data: null,
  error_type: 'UserException',
}
const BAD_CODE = { status: 'error', message: 'Invalid TOTP', data: null, error_type: 'TwoFAException' }
const BAD_REQUEST_ID = {
  status: 'error',
  message: 'Invalid `request_id`',
  data: null,
  error_type: 'InputException',
}
const BLOCKED = {
  status: 'error',
  message: expect.stringMatching(/blocked .* Reset your password/),
  data: null,
  error_type: 'UserException',
}
const SUCCESS = { status: 'success' }

async function enterWrongPasswords(client: TestClient, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await expectReply(client.password({ password: 'wrong' }), 403, BAD_PASSWORD)
  }
}

test('a wrong password is refused and counted; an unknown user only refused', async () => {
  const { broker, client } = await startForTest()
  await expectReply(client.password({ password: 'wrong' }), 403, BAD_PASSWORD)
  expect(broker.wrongPasswords).toBe(1)
  for (let count = 0; count < 6; count += 1) {
    await expectReply(client.password({ user_id: 'PR0002' }), 403, BAD_PASSWORD)
    await expectReply(client.password({ user_id: 'pr0001' }), 403, BAD_PASSWORD)
  }
  expect(broker.wrongPasswords).toBe(1)
  await expectReply(client.password(), 200, SUCCESS)
})

test('a wrong code is refused and counted, and the code can be typed again', async () => {
  const { broker, clock, client } = await startForTest()
  const requestId = await client.requestId()
  for (const twofa_value of [wrongCode(broker, clock.ms), '12345', 'abcdef', ` ${broker.code()}`]) {
    await expectReply(client.twofa(requestId, { twofa_value }), 403, BAD_CODE)
  }
  expect([broker.wrongCodes, broker.codesSeen]).toEqual([4, []])
  await expectReply(client.twofa(requestId), 200, SUCCESS)
})

test('a code is never accepted twice, nor one older than the last accepted', async () => {
  const { broker, clock, client } = await startForTest()
  const older = codeAt(broker, clock.ms - 30_000)
  const used = codeAt(broker, clock.ms)
  await expectReply(client.twofa(await client.requestId()), 200, SUCCESS)
  await expectReply(client.twofa(await client.requestId(), { twofa_value: used }), 403, BAD_CODE)
  clock.ms += 29_999
  await expectReply(client.twofa(await client.requestId(), { twofa_value: used }), 403, BAD_CODE)
  await expectReply(client.twofa(await client.requestId(), { twofa_value: older }), 403, BAD_CODE)
  clock.ms += 1
  await expectReply(client.twofa(await client.requestId(), { twofa_value: used }), 403, BAD_CODE)
  await expectReply(client.twofa(await client.requestId()), 200, SUCCESS)
  expect(broker.wrongCodes).toBe(4)
  const step = clock.ms / 30_000
  expect(broker.codesSeen).toEqual([step - 1, step - 1, step - 1, step - 2, step - 1, step])
})

test('the fifth wrong password blocks the account, for the right one too', async () => {
  const { broker, client } = await startForTest()
  await enterWrongPasswords(client, 4)
  expect(broker.isBlocked).toBe(false)
  await expectReply(client.password({ password: 'wrong' }), 403, BLOCKED)
  expect(broker.isBlocked).toBe(true)
  await expectReply(client.password(), 403, BLOCKED)
  await expectReply(client.password({ password: 'wrong' }), 403, BLOCKED)
  expect(broker.wrongPasswords).toBe(5)
  await expectReply(client.password({ user_id: 'PR0002' }), 403, BAD_PASSWORD)
})

test('wrong passwords and wrong codes add up, whatever went well in between', async () => {
  const { broker, clock, client } = await startForTest()
  await enterWrongPasswords(client, 2)
  await client.signIn()
  await enterWrongPasswords(client, 1)
  const requestId = await client.requestId()
  await expectReply(client.twofa(requestId), 403, BAD_CODE)
  clock.ms += 30_000
  await expectReply(client.twofa(requestId, { twofa_value: wrongCode(broker, clock.ms) }), 403, BLOCKED)
  await expectReply(client.twofa(requestId), 403, BLOCKED)
  await expectReply(client.password(), 403, BLOCKED)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([3, 2])
})

test('unblocking gives five new tries and ends every session, as a password reset does', async () => {
  const { broker, clock, client } = await startForTest()
  const accessToken = await client.accessToken()
  clock.ms += 30_000
  const requestToken = await client.requestToken()
  await enterWrongPasswords(client, 3)
  await client.password({ password: 'wrong' })
  await expectReply(client.profile(accessToken), 200, SUCCESS)
  broker.unblock()
  expect(broker.isBlocked).toBe(false)
  await expectReply(client.profile(accessToken), 403, { error_type: 'TokenException' })
  await expectReply(client.exchange(requestToken), 403, { error_type: 'TokenException' })
  await expectReply(client.twofa('0'.repeat(32)), 400, BAD_REQUEST_ID)
  clock.ms += 30_000
  await enterWrongPasswords(client, 4)
  await expectReply(client.profile(await client.accessToken()), 200, SUCCESS)
})
