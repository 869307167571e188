import { expect, test } from 'vitest'
import { codeAt, expectReply, wrongCode } from '../test-client.ts'
import { NO_ACCESS, NO_ORDERS, startForTest, SESSION_ENDED, type TestClient } from './test-client.ts'

const BAD_CODE = { errMsg: 'Invalid TOTP' }
const BAD_MPIN = { errMsg: 'Invalid MPIN' }
const UNKNOWN = { errMsg: 'Invalid mobile number or UCC' }
const BLOCKED = { errMsg: expect.stringContaining('locked') }

async function enterWrongCodes(client: TestClient, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await expectReply(client.login({ totp: 'wrong' }), 400, BAD_CODE)
  }
}

test('an unknown client is refused at no cost, and so is a number without +91', async () => {
  const { broker, client } = await startForTest()
  for (let count = 0; count < 3; count += 1) {
    await expectReply(client.login({ ucc: 'OTHER' }), 400, UNKNOWN)
    for (const mobileNumber of ['9000000000', '919000000000', '+919000000001']) {
      await expectReply(client.login({ mobileNumber }), 400, UNKNOWN)
    }
  }
  expect([broker.wrongCodes, broker.codesSeen]).toEqual([0, []])
  await expectReply(client.login(), 200, { data: { kType: 'View' } })
})

test('a code is never accepted twice, nor one older than the last accepted', async () => {
  const { broker, clock, client } = await startForTest()
  const older = codeAt(broker, clock.ms - 30_000)
  const used = broker.code()
  await client.view()
  for (const totp of [used, older, '12345', wrongCode(broker, clock.ms)]) {
    await expectReply(client.login({ totp }), 400, BAD_CODE)
  }
  const step = clock.ms / 30_000
  expect([broker.wrongCodes, broker.codesSeen]).toEqual([4, [step, step, step - 1]])
  clock.ms += 30_000
  await expectReply(client.login(), 200, { data: { kType: 'View' } })
})

test('a wrong MPIN is counted and costs the view session', async () => {
  const { broker, clock, client } = await startForTest()
  const view = await client.view()
  await expectReply(client.validate(view, { mpin: '000000' }), 400, BAD_MPIN)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([1, 0])
  await expectReply(client.validate(view), 401, NO_ACCESS)
  clock.ms += 30_000
  await expectReply(client.validate(await client.view()), 200, { data: { kType: 'Trade' } })
})

test('the fifth wrong entry blocks the account, whatever went well in between', async () => {
  const { broker, clock, client } = await startForTest()
  await enterWrongCodes(client, 3)
  const session = await client.trade()
  clock.ms += 30_000
  await expectReply(client.validate(await client.view(), { mpin: '000000' }), 400, BAD_MPIN)
  clock.ms += 30_000
  await expectReply(client.validate(await client.view(), { mpin: '000000' }), 400, BLOCKED)
  expect(broker.isBlocked).toBe(true)
  clock.ms += 30_000
  await expectReply(client.login(), 400, BLOCKED)
  await expectReply(client.login({ ucc: 'OTHER' }), 400, UNKNOWN)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([2, 3])
  await expectReply(client.orders(session), 200, NO_ORDERS)

  broker.unblock()
  expect(broker.isBlocked).toBe(false)
  await expectReply(client.orders(session), 200, SESSION_ENDED)
  await enterWrongCodes(client, 4)
  await expectReply(client.orders(await client.trade()), 200, NO_ORDERS)
})
