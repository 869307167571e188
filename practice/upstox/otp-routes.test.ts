import { expect, test } from 'vitest'
import { codeAt, expectReply, wrongCode } from '../by-hand.ts'
import { practise, VERIFY } from './by-hand.ts'

const SUCCESS = { success: true }
const refusal = (message: unknown) => ({ success: false, error: { code: 'PRACTICE', message } })
const BAD_TOKEN = refusal('Invalid validateOtpToken')
const BLOCKED = refusal(expect.stringMatching(/blocked .* Reset your PIN/))
const attemptsLeft = (count: number) => refusal(`Invalid OTP. ${count} attempts left.`)

test('the mobile number is answered with a token, a session cookie and what to expect', async () => {
  const { broker, hand } = await practise()
  const response = await hand.generate()
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^practice_session=\w{32}; Path=\//),
  ])
  expect([response.status, await response.json()]).toEqual([
    200,
    {
      success: true,
      data: {
        message: 'OTP sent',
        validateOTPToken: expect.stringMatching(/^\w{32}$/),
        nextRequestInterval: 30,
        userType: 'individual',
        isTotpEnabled: true,
      },
    },
  ])
  expect([broker.wrongCodes, broker.codesSeen]).toEqual([0, []])
})

test('an unknown mobile number or user is refused and costs the account nothing', async () => {
  const { broker, hand } = await practise()
  for (const mobileNumber of ['9000000001', '+919000000000', '', '900000000']) {
    for (let count = 0; count < 2; count += 1) {
      const mobile = refusal(expect.stringContaining('mobile number'))
      await expectReply(hand.generate({ mobileNumber }), 200, mobile)
    }
  }
  await expectReply(hand.generate({ userId: 'PR0002' }), 200, refusal('Invalid user ID'))
  expect(hand.cookies.size).toBe(0)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])
  await expectReply(hand.generate(), 200, SUCCESS)
})

test('the right code tells who the person is', async () => {
  const { broker, clock, hand } = await practise()
  const response = await hand.verify(await hand.otpToken())
  expect([response.status, await response.json()]).toEqual([
    200,
    {
      success: true,
      data: {
        message: 'OTP verified',
        accounts: [
          { profileId: 1, userId: 'PR0001', firstName: 'Practice', lastName: 'Trader', isDefault: true },
        ],
      },
    },
  ])
  expect(broker.codesSeen).toEqual([clock.ms / 30_000])
})

test('a wrong code is counted down, and can be typed again until the fifth blocks the account', async () => {
  const { broker, clock, hand } = await practise()
  const token = await hand.otpToken()
  const otps = [wrongCode(broker, clock.ms), '12345', 'abcdef', ` ${broker.code()}`]
  for (const [index, otp] of otps.entries()) {
    await expectReply(hand.verify(token, { otp }), 200, attemptsLeft(4 - index))
  }
  await expectReply(hand.verify(token), 200, SUCCESS)
  clock.ms += 30_000
  const next = await hand.otpToken()
  await expectReply(hand.verify(next, { otp: wrongCode(broker, clock.ms) }), 200, BLOCKED)
  await expectReply(hand.verify(next), 200, BLOCKED)
  await expectReply(hand.generate(), 200, BLOCKED)
  await expectReply(hand.generate({ mobileNumber: '9000000001' }), 200, refusal('Invalid mobile number'))
  expect(broker.wrongCodes).toBe(5)
})

test('a code is never accepted twice', async () => {
  const { broker, clock, hand } = await practise()
  const used = codeAt(broker, clock.ms)
  await expectReply(hand.verify(await hand.otpToken()), 200, SUCCESS)
  clock.ms += 29_999
  await expectReply(hand.verify(await hand.otpToken(), { otp: used }), 200, attemptsLeft(4))
  clock.ms += 1
  await expectReply(hand.verify(await hand.otpToken()), 200, SUCCESS)
  expect(broker.wrongCodes).toBe(1)
})

test('a token is good for one login, the newest, under the spelling of the request', async () => {
  const { broker, clock, hand } = await practise()
  const old = await hand.otpToken()
  const token = await hand.otpToken()
  await expectReply(hand.verify(old), 200, BAD_TOKEN)
  await expectReply(hand.verify(''), 200, BAD_TOKEN)
  const body = JSON.stringify({ data: { otp: broker.code(), validateOTPToken: token } })
  await expectReply(hand.post(VERIFY, body), 200, refusal('Invalid request body'))
  await expectReply(hand.verify(token), 200, SUCCESS)
  clock.ms += 30_000
  await expectReply(hand.verify(token), 200, BAD_TOKEN)
  expect([broker.wrongCodes, broker.codesSeen.length]).toEqual([0, 1])
})

test('without an authenticator the reply says so, and its codes are wrong', async () => {
  const { broker, hand } = await practise({ totpEnabled: false })
  const response = await hand.generate()
  expect(await response.json()).toMatchObject({ data: { isTotpEnabled: false } })
  await expectReply(hand.verify(await hand.otpToken()), 200, attemptsLeft(4))
  expect([broker.wrongCodes, broker.codesSeen]).toEqual([1, []])
})

test('any number of tokens in a row, unless a limit is set', async () => {
  const free = await practise()
  for (let count = 0; count < 20; count += 1) await expectReply(free.hand.generate(), 200, SUCCESS)

  const { clock, hand } = await practise({ otpLimit: 2 })
  const tooMany = { success: false, error: { code: 'UDAPI10005', message: 'Too Many Requests Sent' } }
  await expectReply(hand.generate(), 200, SUCCESS)
  clock.ms += 1
  const token = await hand.otpToken()
  clock.ms += 59_998
  await expectReply(hand.generate(), 429, tooMany)
  // The login that is under way is left alone.
  await expectReply(hand.verify(token), 200, SUCCESS)
  clock.ms += 1
  await expectReply(hand.generate(), 200, SUCCESS)
  await expectReply(hand.generate(), 429, tooMany)
})
