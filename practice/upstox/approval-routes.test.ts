import { expect, test } from 'vitest'
import { expectReply, wrongCode } from '../by-hand.ts'
import { practise, type ByHand } from './by-hand.ts'

const SUCCESS = { success: true }
const refusal = (message: unknown) => ({ success: false, error: { code: 'PRACTICE', message } })
const BAD_PIN = { success: false, error: { code: 1017106, message: 'Invalid PIN' } }
const BAD_APP = refusal('Invalid client_id or redirect_uri')
const BLOCKED = refusal(expect.stringMatching(/blocked .* Reset your PIN/))
const EXPIRED = refusal('The session has expired. Please log in again.')
const OTHER_ID = refusal('The x-request-id has changed')

async function practiseUpToPin() {
  const practice = await practise()
  await practice.hand.verify(await practice.hand.otpToken())
  return practice
}

test('the right PIN is passed, and the approval leads to the registered URL with a code', async () => {
  const { hand } = await practiseUpToPin()
  const passed = await hand.pin()
  expect([passed.status, await passed.json()]).toEqual([
    200,
    {
      success: true,
      data: {
        userType: 'individual',
        customerStatus: 'ACTIVE',
        refreshTokenExpiry: 0,
        isExternalClientOAuthApp: true,
      },
    },
  ])
  const approved = await hand.authorize()
  const redirectUri = expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/registered-redirect\?code=\w{32}$/)
  expect([approved.status, await approved.json()]).toEqual([
    200,
    { success: true, data: { redirectUri, isApproved: true } },
  ])
})

test('the registered URL keeps its every byte', async () => {
  const { hand } = await practise({ credentials: { redirect_uri: 'HTTPS://Trader.example?mine=a+b' } })
  await hand.signIn()
  const redirectUri = expect.stringMatching(/^HTTPS:\/\/Trader\.example\?mine=a\+b&code=\w{32}$/)
  await expectReply(hand.authorize(), 200, { data: { redirectUri } })
})

test('a PIN that is wrong, plain, or encoded twice is refused and counted, and the fifth blocks', async () => {
  const { broker, hand } = await practiseUpToPin()
  const { pin_code } = broker.credentials
  await expectReply(hand.pinData({ inputText: pin_code }), 200, BAD_PIN)
  await expectReply(hand.pin(Buffer.from(pin_code).toString('base64')), 200, BAD_PIN)
  await expectReply(hand.pin('000000'), 200, BAD_PIN)
  expect(broker.wrongPasswords).toBe(3)
  await expectReply(hand.authorize(), 200, refusal('Enter the PIN first'))
  await expectReply(hand.pin(), 200, SUCCESS)
  await expectReply(hand.pin(''), 200, BAD_PIN)
  await expectReply(hand.pin('000000'), 200, BLOCKED)
  await expectReply(hand.pin(), 200, BLOCKED)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([5, 0])
})

test('wrong PINs and wrong codes add up, until the account is unblocked', async () => {
  const { broker, clock, hand } = await practiseUpToPin()
  const enterWrongCode = async () => hand.verify(await hand.otpToken(), { otp: wrongCode(broker, clock.ms) })
  for (let round = 1; round <= 2; round += 1) {
    await expectReply(hand.pin('000000'), 200, BAD_PIN)
    await expectReply(hand.pin('000000'), 200, BAD_PIN)
    await expectReply(enterWrongCode(), 200, refusal('Invalid OTP. 2 attempts left.'))
    await expectReply(enterWrongCode(), 200, refusal('Invalid OTP. 1 attempts left.'))
    await expectReply(enterWrongCode(), 200, BLOCKED)
    expect(broker.isBlocked).toBe(true)
    broker.unblock()
    await expectReply(hand.pin(), 200, EXPIRED)
    clock.ms += 30_000
    await expectReply(hand.verify(await hand.otpToken()), 200, SUCCESS)
  }
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([4, 6])
})

test('both calls know the app by its internal name and URL only', async () => {
  const { broker, hand } = await practiseUpToPin()
  const { client_id, redirect_uri } = broker.credentials
  const changes = [{ client_id }, { redirect_uri }, { client_id: '' }, { redirect_uri: '' }]
  for (const query of changes) await expectReply(hand.pin('000000', query), 200, BAD_APP)
  expect(broker.wrongPasswords).toBe(0)
  await hand.pin()
  for (const query of changes) await expectReply(hand.authorize(query), 200, BAD_APP)
})

test('the approval is for a code, repeats the x-request-id, and is not a refusal', async () => {
  const { hand } = await practiseUpToPin()
  await hand.pin()
  await expectReply(hand.authorize({ response_type: 'token' }), 200, refusal('Invalid response_type'))
  for (const requestId of ['', 'WPRO-byHand0002']) {
    await expectReply(hand.authorize({ requestId }), 200, refusal('Invalid requestId'))
  }
  await expectReply(hand.authorize({}, false), 200, refusal('Invalid request body'))
  await expectReply(hand.authorize(), 200, SUCCESS)
})

test('no step can be left out', async () => {
  const { hand } = await practise()
  await hand.otpToken()
  await expectReply(hand.pin(), 200, refusal('Verify the OTP first'))
  await expectReply(hand.authorize(), 200, refusal('Enter the PIN first'))
  await hand.signIn()
  await hand.otpToken()
  await expectReply(hand.pin(), 200, refusal('Verify the OTP first'))
  await expectReply(hand.authorize(), 200, refusal('Enter the PIN first'))
})

const steps: [string, (hand: ByHand) => Promise<Response>][] = [
  ['the code', (hand) => hand.verify('0')],
  ['the PIN', (hand) => hand.pin()],
  ['the approval', (hand) => hand.authorize()],
]

test.each(steps)('%s is taken from the browser that began, under its x-request-id', async (_, step) => {
  const { broker, hand } = await practiseUpToPin()
  await hand.pin()
  const begun = hand.requestId
  hand.requestId = 'WPRO-byHand0002'
  await expectReply(step(hand), 200, OTHER_ID)
  hand.requestId = begun
  const cookie = hand.cookies.get('practice_session') ?? ''
  hand.cookies.clear()
  await expectReply(step(hand), 200, EXPIRED)
  hand.cookies.set('practice_session', `${cookie.slice(0, -1)}x`)
  await expectReply(step(hand), 200, EXPIRED)
  hand.cookies.set('practice_session', cookie)
  broker.endSessions()
  await expectReply(step(hand), 200, EXPIRED)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])
})

test('two browsers do not disturb each other', async () => {
  const { clock, hand } = await practiseUpToPin()
  const first = new Map(hand.cookies)
  hand.cookies.clear()
  clock.ms += 30_000
  await hand.signIn()
  for (const [name, value] of first) hand.cookies.set(name, value)
  await expectReply(hand.authorize(), 200, refusal('Enter the PIN first'))
  await expectReply(hand.pin(), 200, SUCCESS)
})
