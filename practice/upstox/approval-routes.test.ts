import { expect, test } from 'vitest'
import { expectReply, wrongCode } from '../test-client.ts'
import { startForTest, type TestClient } from './test-client.ts'

const SUCCESS = { success: true }
const refusal = (message: unknown) => ({ success: false, error: { code: 'PRACTICE', message } })
const BAD_PIN = { success: false, error: { code: 1017106, message: 'Invalid PIN' } }
const BAD_APP = refusal('Invalid client_id or redirect_uri')
const BLOCKED = refusal(expect.stringMatching(/blocked .* Reset your PIN/))
const EXPIRED = refusal('The session has expired. Please log in again.')
const OTHER_ID = refusal('The x-request-id has changed')

async function practiseUpToPin() {
  const practice = await startForTest()
  await practice.client.verify(await practice.client.otpToken())
  return practice
}

test('the right PIN is passed, and the approval leads to the registered URL with a code', async () => {
  const { client } = await practiseUpToPin()
  const passed = await client.pin()
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
  const approved = await client.authorize()
  const redirectUri = expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/registered-redirect\?code=\w{32}$/)
  expect([approved.status, await approved.json()]).toEqual([
    200,
    { success: true, data: { redirectUri, isApproved: true } },
  ])
})

test('the registered URL keeps its every byte', async () => {
  const { client } = await startForTest({ credentials: { redirect_uri: 'HTTPS://Trader.example?mine=a+b' } })
  await client.signIn()
  const redirectUri = expect.stringMatching(/^HTTPS:\/\/Trader\.example\?mine=a\+b&code=\w{32}$/)
  await expectReply(client.authorize(), 200, { data: { redirectUri } })
})

test('a PIN that is wrong, plain, or encoded twice is refused and counted, and the fifth blocks', async () => {
  const { broker, client } = await practiseUpToPin()
  const { pin_code } = broker.credentials
  await expectReply(client.pinData({ inputText: pin_code }), 200, BAD_PIN)
  await expectReply(client.pin(Buffer.from(pin_code).toString('base64')), 200, BAD_PIN)
  await expectReply(client.pin('000000'), 200, BAD_PIN)
  expect(broker.wrongPasswords).toBe(3)
  await expectReply(client.authorize(), 200, refusal('Enter the PIN first'))
  await expectReply(client.pin(), 200, SUCCESS)
  await expectReply(client.pin(''), 200, BAD_PIN)
  await expectReply(client.pin('000000'), 200, BLOCKED)
  await expectReply(client.pin(), 200, BLOCKED)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([5, 0])
})

test('wrong PINs and wrong codes add up, until the account is unblocked', async () => {
  const { broker, clock, client } = await practiseUpToPin()
  const enterWrongCode = async () =>
    client.verify(await client.otpToken(), { otp: wrongCode(broker, clock.ms) })
  for (let round = 1; round <= 2; round += 1) {
    await expectReply(client.pin('000000'), 200, BAD_PIN)
    await expectReply(client.pin('000000'), 200, BAD_PIN)
    await expectReply(enterWrongCode(), 200, refusal('Invalid OTP. 2 attempts left.'))
    await expectReply(enterWrongCode(), 200, refusal('Invalid OTP. 1 attempts left.'))
    await expectReply(enterWrongCode(), 200, BLOCKED)
    expect(broker.isBlocked).toBe(true)
    broker.unblock()
    await expectReply(client.pin(), 200, EXPIRED)
    clock.ms += 30_000
    await expectReply(client.verify(await client.otpToken()), 200, SUCCESS)
  }
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([4, 6])
})

test('both calls know the app by its internal name and URL only', async () => {
  const { broker, client } = await practiseUpToPin()
  const { client_id, redirect_uri } = broker.credentials
  const changes = [{ client_id }, { redirect_uri }, { client_id: '' }, { redirect_uri: '' }]
  for (const query of changes) await expectReply(client.pin('000000', query), 200, BAD_APP)
  expect(broker.wrongPasswords).toBe(0)
  await client.pin()
  for (const query of changes) await expectReply(client.authorize(query), 200, BAD_APP)
})

test('the approval is for a code, repeats the x-request-id, and is not a refusal', async () => {
  const { client } = await practiseUpToPin()
  await client.pin()
  await expectReply(client.authorize({ response_type: 'token' }), 200, refusal('Invalid response_type'))
  for (const requestId of ['', 'WPRO-byHand0002']) {
    await expectReply(client.authorize({ requestId }), 200, refusal('Invalid requestId'))
  }
  await expectReply(client.authorize({}, false), 200, refusal('Invalid request body'))
  await expectReply(client.authorize(), 200, SUCCESS)
})

test('no step can be left out', async () => {
  const { client } = await startForTest()
  await client.otpToken()
  await expectReply(client.pin(), 200, refusal('Verify the OTP first'))
  await expectReply(client.authorize(), 200, refusal('Enter the PIN first'))
  await client.signIn()
  await client.otpToken()
  await expectReply(client.pin(), 200, refusal('Verify the OTP first'))
  await expectReply(client.authorize(), 200, refusal('Enter the PIN first'))
})

const steps: [string, (client: TestClient) => Promise<Response>][] = [
  ['the code', (client) => client.verify('0')],
  ['the PIN', (client) => client.pin()],
  ['the approval', (client) => client.authorize()],
]

test.each(steps)('%s is taken from the browser that began, under its x-request-id', async (_, step) => {
  const { broker, client } = await practiseUpToPin()
  await client.pin()
  const begun = client.requestId
  client.requestId = 'WPRO-byHand0002'
  await expectReply(step(client), 200, OTHER_ID)
  client.requestId = begun
  const cookie = client.cookies.get('practice_session') ?? ''
  client.cookies.clear()
  await expectReply(step(client), 200, EXPIRED)
  client.cookies.set('practice_session', `${cookie.slice(0, -1)}x`)
  await expectReply(step(client), 200, EXPIRED)
  client.cookies.set('practice_session', cookie)
  broker.endSessions()
  await expectReply(step(client), 200, EXPIRED)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])
})

test('two browsers do not disturb each other', async () => {
  const { clock, client } = await practiseUpToPin()
  const first = new Map(client.cookies)
  client.cookies.clear()
  clock.ms += 30_000
  await client.signIn()
  for (const [name, value] of first) client.cookies.set(name, value)
  await expectReply(client.authorize(), 200, refusal('Enter the PIN first'))
  await expectReply(client.pin(), 200, SUCCESS)
})
