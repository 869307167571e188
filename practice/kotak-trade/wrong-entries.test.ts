import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import {
  DEAD_ONE_TIME_TOKEN,
  DEAD_SESSION,
  fault,
  NO_MARGIN,
  startForTest,
  type TestClient,
} from './test-client.ts'

const BAD_PASSWORD = fault(401, 'Invalid userid or password')
const BAD_CODE = fault(401, 'Invalid access code')
const LOCKED = {
  fault: { code: 70009, message: 'Account Locked', description: 'User locked due to Bad tries' },
}

async function enterWrongPasswords(client: TestClient, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await expectReply(client.login({ password: 'wrong' }), 401, BAD_PASSWORD)
  }
}

test('a one-time token is good once, for five minutes, for its own user, until there is a newer one', async () => {
  const { broker, clock, client } = await startForTest()
  const older = await client.oneTimeToken()
  const token = await client.oneTimeToken()
  for (const ask of [
    () => client.withCode(older),
    () => client.withoutCode(older),
    () => client.withCode('0'.repeat(32)),
    () => client.withCode(token, { userid: 'PRACTICE02' }),
    () => client.withoutCode(token, { userid: 'PRACTICE02' }),
  ]) {
    await expectReply(ask(), 401, DEAD_ONE_TIME_TOKEN)
  }
  clock.ms += 5 * 60_000 - 1
  await expectReply(client.withoutCode(token), 200, { success: {} })
  await expectReply(client.withoutCode(token), 401, DEAD_ONE_TIME_TOKEN)
  const late = await client.oneTimeToken()
  clock.ms += 5 * 60_000
  await expectReply(client.withCode(late), 401, DEAD_ONE_TIME_TOKEN)
  expect([broker.loginsCompleted, broker.wrongCodes]).toEqual([1, 0])
})

test('a wrong access code is counted and costs the one-time token; tomorrow there is another code', async () => {
  const { broker, client } = await startForTest()
  const token = await client.oneTimeToken()
  const yesterdays = broker.code()
  broker.change({ access_code: '8765' })
  expect(broker.code()).toBe('8765')
  await expectReply(client.withCode(token, { accessCode: yesterdays }), 401, BAD_CODE)
  await expectReply(client.withCode(token), 401, DEAD_ONE_TIME_TOKEN)
  expect([broker.wrongPasswords, broker.wrongCodes, broker.codesSeen]).toEqual([0, 1, []])
  await expectReply(client.withCode(await client.oneTimeToken()), 200, { success: {} })
})

test('the fifth wrong entry locks the account, whatever went well in between; an unknown user costs nothing', async () => {
  const { broker, client } = await startForTest()
  const session = await client.sessionToken()
  for (let count = 0; count < 6; count += 1) {
    await expectReply(client.login({ userid: 'PRACTICE02' }), 401, BAD_PASSWORD)
  }
  await expectReply(client.withCode(await client.oneTimeToken(), { accessCode: '0' }), 401, BAD_CODE)
  await enterWrongPasswords(client, 3)
  const token = await client.oneTimeToken()
  await expectReply(client.login({ password: 'wrong' }), 403, LOCKED)
  expect(broker.isBlocked).toBe(true)
  await expectReply(client.login(), 403, LOCKED)
  await expectReply(client.withoutCode(token), 403, LOCKED)
  await expectReply(client.withCode(token), 403, LOCKED)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([4, 1])
  await expectReply(client.margin(session), 200, NO_MARGIN)

  broker.unblock()
  expect(broker.isBlocked).toBe(false)
  await expectReply(client.margin(session), 403, DEAD_SESSION)
  await enterWrongPasswords(client, 4)
  await expectReply(client.margin(await client.sessionToken()), 200, NO_MARGIN)
})
