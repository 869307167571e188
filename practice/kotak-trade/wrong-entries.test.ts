import { expect, test } from 'vitest'
import { expectReply } from '../by-hand.ts'
import { DEAD_ONE_TIME_TOKEN, DEAD_SESSION, fault, NO_MARGIN, practise, type ByHand } from './by-hand.ts'

const BAD_PASSWORD = fault(401, 'Invalid userid or password')
const BAD_CODE = fault(401, 'Invalid access code')
const LOCKED = {
  fault: { code: 70009, message: 'Account Locked', description: 'User locked due to Bad tries' },
}

async function enterWrongPasswords(hand: ByHand, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await expectReply(hand.login({ password: 'wrong' }), 401, BAD_PASSWORD)
  }
}

test('a one-time token is good once, for five minutes, for its own user, until there is a newer one', async () => {
  const { broker, clock, hand } = await practise()
  const older = await hand.oneTimeToken()
  const token = await hand.oneTimeToken()
  for (const ask of [
    () => hand.withCode(older),
    () => hand.withoutCode(older),
    () => hand.withCode('0'.repeat(32)),
    () => hand.withCode(token, { userid: 'PRACTICE02' }),
    () => hand.withoutCode(token, { userid: 'PRACTICE02' }),
  ]) {
    await expectReply(ask(), 401, DEAD_ONE_TIME_TOKEN)
  }
  clock.ms += 5 * 60_000 - 1
  await expectReply(hand.withoutCode(token), 200, { success: {} })
  await expectReply(hand.withoutCode(token), 401, DEAD_ONE_TIME_TOKEN)
  const late = await hand.oneTimeToken()
  clock.ms += 5 * 60_000
  await expectReply(hand.withCode(late), 401, DEAD_ONE_TIME_TOKEN)
  expect([broker.loginsCompleted, broker.wrongCodes]).toEqual([1, 0])
})

test('a wrong access code is counted and costs the one-time token; tomorrow there is another code', async () => {
  const { broker, hand } = await practise()
  const token = await hand.oneTimeToken()
  const yesterdays = broker.code()
  broker.change({ access_code: '8765' })
  expect(broker.code()).toBe('8765')
  await expectReply(hand.withCode(token, { accessCode: yesterdays }), 401, BAD_CODE)
  await expectReply(hand.withCode(token), 401, DEAD_ONE_TIME_TOKEN)
  expect([broker.wrongPasswords, broker.wrongCodes, broker.codesSeen]).toEqual([0, 1, []])
  await expectReply(hand.withCode(await hand.oneTimeToken()), 200, { success: {} })
})

test('the fifth wrong entry locks the account, whatever went well in between; an unknown user costs nothing', async () => {
  const { broker, hand } = await practise()
  const session = await hand.sessionToken()
  for (let count = 0; count < 6; count += 1) {
    await expectReply(hand.login({ userid: 'PRACTICE02' }), 401, BAD_PASSWORD)
  }
  await expectReply(hand.withCode(await hand.oneTimeToken(), { accessCode: '0' }), 401, BAD_CODE)
  await enterWrongPasswords(hand, 3)
  const token = await hand.oneTimeToken()
  await expectReply(hand.login({ password: 'wrong' }), 403, LOCKED)
  expect(broker.isBlocked).toBe(true)
  await expectReply(hand.login(), 403, LOCKED)
  await expectReply(hand.withoutCode(token), 403, LOCKED)
  await expectReply(hand.withCode(token), 403, LOCKED)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([4, 1])
  await expectReply(hand.margin(session), 200, NO_MARGIN)

  broker.unblock()
  expect(broker.isBlocked).toBe(false)
  await expectReply(hand.margin(session), 403, DEAD_SESSION)
  await enterWrongPasswords(hand, 4)
  await expectReply(hand.margin(await hand.sessionToken()), 200, NO_MARGIN)
})
