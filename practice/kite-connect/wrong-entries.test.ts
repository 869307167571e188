import { expect, test } from 'vitest'
import { codeAt, expectReply, wrongCode } from '../by-hand.ts'
import { practise, type ByHand } from './by-hand.ts'

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

async function enterWrongPasswords(hand: ByHand, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await expectReply(hand.password({ password: 'wrong' }), 403, BAD_PASSWORD)
  }
}

test('a wrong password is refused and counted; an unknown user only refused', async () => {
  const { broker, hand } = await practise()
  await expectReply(hand.password({ password: 'wrong' }), 403, BAD_PASSWORD)
  expect(broker.wrongPasswords).toBe(1)
  for (let count = 0; count < 6; count += 1) {
    await expectReply(hand.password({ user_id: 'PR0002' }), 403, BAD_PASSWORD)
    await expectReply(hand.password({ user_id: 'pr0001' }), 403, BAD_PASSWORD)
  }
  expect(broker.wrongPasswords).toBe(1)
  await expectReply(hand.password(), 200, SUCCESS)
})

test('a wrong code is refused and counted, and the code can be typed again', async () => {
  const { broker, clock, hand } = await practise()
  const requestId = await hand.requestId()
  for (const twofa_value of [wrongCode(broker, clock.ms), '12345', 'abcdef', ` ${broker.code()}`]) {
    await expectReply(hand.twofa(requestId, { twofa_value }), 403, BAD_CODE)
  }
  expect([broker.wrongCodes, broker.codesSeen]).toEqual([4, []])
  await expectReply(hand.twofa(requestId), 200, SUCCESS)
})

test('a code is never accepted twice, nor one older than the last accepted', async () => {
  const { broker, clock, hand } = await practise()
  const older = codeAt(broker, clock.ms - 30_000)
  const used = codeAt(broker, clock.ms)
  await expectReply(hand.twofa(await hand.requestId()), 200, SUCCESS)
  await expectReply(hand.twofa(await hand.requestId(), { twofa_value: used }), 403, BAD_CODE)
  clock.ms += 29_999
  await expectReply(hand.twofa(await hand.requestId(), { twofa_value: used }), 403, BAD_CODE)
  await expectReply(hand.twofa(await hand.requestId(), { twofa_value: older }), 403, BAD_CODE)
  clock.ms += 1
  await expectReply(hand.twofa(await hand.requestId(), { twofa_value: used }), 403, BAD_CODE)
  await expectReply(hand.twofa(await hand.requestId()), 200, SUCCESS)
  expect(broker.wrongCodes).toBe(4)
  const step = clock.ms / 30_000
  expect(broker.codesSeen).toEqual([step - 1, step - 1, step - 1, step - 2, step - 1, step])
})

test('the fifth wrong password blocks the account, for the right one too', async () => {
  const { broker, hand } = await practise()
  await enterWrongPasswords(hand, 4)
  expect(broker.isBlocked).toBe(false)
  await expectReply(hand.password({ password: 'wrong' }), 403, BLOCKED)
  expect(broker.isBlocked).toBe(true)
  await expectReply(hand.password(), 403, BLOCKED)
  await expectReply(hand.password({ password: 'wrong' }), 403, BLOCKED)
  expect(broker.wrongPasswords).toBe(5)
  await expectReply(hand.password({ user_id: 'PR0002' }), 403, BAD_PASSWORD)
})

test('wrong passwords and wrong codes add up, whatever went well in between', async () => {
  const { broker, clock, hand } = await practise()
  await enterWrongPasswords(hand, 2)
  await hand.signIn()
  await enterWrongPasswords(hand, 1)
  const requestId = await hand.requestId()
  await expectReply(hand.twofa(requestId), 403, BAD_CODE)
  clock.ms += 30_000
  await expectReply(hand.twofa(requestId, { twofa_value: wrongCode(broker, clock.ms) }), 403, BLOCKED)
  await expectReply(hand.twofa(requestId), 403, BLOCKED)
  await expectReply(hand.password(), 403, BLOCKED)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([3, 2])
})

test('unblocking gives five new tries and ends every session, as a password reset does', async () => {
  const { broker, clock, hand } = await practise()
  const accessToken = await hand.accessToken()
  clock.ms += 30_000
  const requestToken = await hand.requestToken()
  await enterWrongPasswords(hand, 3)
  await hand.password({ password: 'wrong' })
  await expectReply(hand.profile(accessToken), 200, SUCCESS)
  broker.unblock()
  expect(broker.isBlocked).toBe(false)
  await expectReply(hand.profile(accessToken), 403, { error_type: 'TokenException' })
  await expectReply(hand.exchange(requestToken), 403, { error_type: 'TokenException' })
  await expectReply(hand.twofa('0'.repeat(32)), 400, BAD_REQUEST_ID)
  clock.ms += 30_000
  await enterWrongPasswords(hand, 4)
  await expectReply(hand.profile(await hand.accessToken()), 200, SUCCESS)
})
