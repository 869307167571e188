import { expect, test } from 'vitest'
import { codeAt, expectReply, wrongCode } from '../test-client.ts'
import { startForTest, VERIFY } from './test-client.ts'

const SUCCESS = { success: true }
const refusal = (message: unknown) => ({ success: false, error: { code: 'PRACTICE', message } })
const BAD_TOKEN = refusal('Invalid validateOtpToken')
const BLOCKED = refusal(expect.stringMatching(/blocked .* Reset your PIN/))
const attemptsLeft = (count: number) => refusal(`Invalid OTP. ${count} attempts left.`)

test('the mobile number is answered with a token, a session cookie and what to expect', async () => {
  const { broker, client } = await startForTest()
  const response = await client.generate()
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
  const { broker, client } = await startForTest()
  for (const mobileNumber of ['9000000001', '+919000000000', '', '900000000']) {
    for (let count = 0; count < 2; count += 1) {
      const mobile = refusal(expect.stringContaining('mobile number'))
      await expectReply(client.generate({ mobileNumber }), 200, mobile)
    }
  }
  await expectReply(client.generate({ userId: 'PR0002' }), 200, refusal('Invalid user ID'))
  expect(client.cookies.size).toBe(0)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])
  await expectReply(client.generate(), 200, SUCCESS)
})

test('the right code tells who the person is', async () => {
  const { broker, clock, client } = await startForTest()
  const response = await client.verify(await client.otpToken())
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
  const { broker, clock, client } = await startForTest()
  const token = await client.otpToken()
  const otps = [wrongCode(broker, clock.ms), '12345', 'abcdef', ` ${broker.code()}`]
  for (const [index, otp] of otps.entries()) {
    await expectReply(client.verify(token, { otp }), 200, attemptsLeft(4 - index))
  }
  await expectReply(client.verify(token), 200, SUCCESS)
  clock.ms += 30_000
  const next = await client.otpToken()
  await expectReply(client.verify(next, { otp: wrongCode(broker, clock.ms) }), 200, BLOCKED)
  await expectReply(client.verify(next), 200, BLOCKED)
  await expectReply(client.generate(), 200, BLOCKED)
  await expectReply(client.generate({ mobileNumber: '9000000001' }), 200, refusal('Invalid mobile number'))
  expect(broker.wrongCodes).toBe(5)
})

test('a code is never accepted twice', async () => {
  const { broker, clock, client } = await startForTest()
  const used = codeAt(broker, clock.ms)
  await expectReply(client.verify(await client.otpToken()), 200, SUCCESS)
  clock.ms += 29_999
  await expectReply(client.verify(await client.otpToken(), { otp: used }), 200, attemptsLeft(4))
  clock.ms += 1
  await expectReply(client.verify(await client.otpToken()), 200, SUCCESS)
  expect(broker.wrongCodes).toBe(1)
})

test('a token is good for one login, the newest, under the spelling of the request', async () => {
  const { broker, clock, client } = await startForTest()
  const old = await client.otpToken()
  const token = await client.otpToken()
  await expectReply(client.verify(old), 200, BAD_TOKEN)
  await expectReply(client.verify(''), 200, BAD_TOKEN)
  const body = JSON.stringify({ data: { otp: broker.code(), validateOTPToken: token } })
  await expectReply(client.post(VERIFY, body), 200, refusal('Invalid request body'))
  await expectReply(client.verify(token), 200, SUCCESS)
  clock.ms += 30_000
  await expectReply(client.verify(token), 200, BAD_TOKEN)
  expect([broker.wrongCodes, broker.codesSeen.length]).toEqual([0, 1])
})

test('without an authenticator the reply says so, and its codes are wrong', async () => {
  const { broker, client } = await startForTest({ totpEnabled: false })
  const response = await client.generate()
  expect(await response.json()).toMatchObject({ data: { isTotpEnabled: false } })
  await expectReply(client.verify(await client.otpToken()), 200, attemptsLeft(4))
  expect([broker.wrongCodes, broker.codesSeen]).toEqual([1, []])
})

test('any number of tokens in a row, unless a limit is set', async () => {
  const free = await startForTest()
  for (let count = 0; count < 20; count += 1) await expectReply(free.client.generate(), 200, SUCCESS)

  const { clock, client } = await startForTest({ otpLimit: 2 })
  const tooMany = { success: false, error: { code: 'UDAPI10005', message: 'Too Many Requests Sent' } }
  await expectReply(client.generate(), 200, SUCCESS)
  clock.ms += 1
  const token = await client.otpToken()
  clock.ms += 59_998
  await expectReply(client.generate(), 429, tooMany)
  // The incomplete login stays valid.
  await expectReply(client.verify(token), 200, SUCCESS)
  clock.ms += 1
  await expectReply(client.generate(), 200, SUCCESS)
  await expectReply(client.generate(), 429, tooMany)
})
