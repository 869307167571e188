import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import { OLD_PIN, OLD_VERIFY, PIN, startForTest, VERIFY } from './test-client.ts'
import { LOGIN_APP } from './login-app.ts'
import { FAMILY } from './person.ts'

const SUCCESS = { success: true }
const refusal = (message: string, code: unknown = 'PRACTICE') => ({
  success: false,
  error: { code, message },
})
const GONE = { success: false, error: { message: 'Resource not found' } }
const OTHER_VERSION = refusal('This login is of another version')

test('the newer alone: the older two are gone', async () => {
  const { client } = await startForTest({ generations: { older: false } })
  for (const path of [OLD_VERIFY, OLD_PIN]) await expectReply(client.post(path, '{}'), 404, GONE)
  await expectReply(client.verify(await client.otpToken()), 200, SUCCESS)
  await expectReply(client.pin(), 200, SUCCESS)
})

test.each([404, 405, 410] as const)('the older alone: the newer two answer %i', async (goneStatus) => {
  const { broker, client } = await startForTest({ generations: { newer: false, goneStatus } })
  const token = await client.otpToken()
  for (const path of [VERIFY, PIN]) await expectReply(client.post(path, '{}'), goneStatus, GONE)
  await expectReply(client.verify(token), goneStatus, GONE)
  expect(broker.codesSeen).toEqual([])
  await expectReply(client.verify(token, {}, OLD_VERIFY), 200, {
    data: { userProfile: { profileId: 1, userId: 'PR0001' } },
  })
  await expectReply(client.pin(), goneStatus, GONE)
  await expectReply(client.oldPin(), 200, SUCCESS)
})

test('the two are never mixed, and a PIN at the wrong one is not judged', async () => {
  const { broker, clock, client } = await startForTest()
  await client.verify(await client.otpToken())
  await expectReply(client.oldPin('000000'), 200, OTHER_VERSION)
  clock.ms += 30_000
  await client.verify(await client.otpToken(), {}, OLD_VERIFY)
  await expectReply(client.pin('000000'), 200, OTHER_VERSION)
  expect(broker.wrongPasswords).toBe(0)
  await expectReply(client.oldPin(), 200, SUCCESS)
})

test('the PIN names the profile as a number, and the headers name the same one', async () => {
  const { broker, client } = await startForTest({ profiles: FAMILY })
  const verified = await client.verify(await client.otpToken())
  expect(await verified.json()).toMatchObject({ data: { accounts: FAMILY } })
  const inputText = Buffer.from(broker.credentials.pin_code).toString('base64')
  for (const profileId of ['1', undefined, null, 1.5])
    await expectReply(client.pinData({ inputText, profileId }), 200, refusal('Invalid request body'))
  await expectReply(client.pinData({ inputText, profileId: 4 }), 200, refusal('Invalid profileId'))
  const other = refusal('The headers are of another profile')
  await expectReply(client.pinData({ inputText, profileId: 2 }), 200, other)
  for (const headers of [{}, { 'x-profile-id': '1' }, { 'x-profile-id': '1', 'x-user-id': 'PR0002' }])
    await expectReply(client.pinData({ inputText }, {}, headers), 200, other)
  expect(broker.wrongPasswords).toBe(0)
  // Each account has its own PIN.
  const headers = { 'x-profile-id': '2', 'x-user-id': 'PR0002' }
  await expectReply(
    client.pinData({ inputText, profileId: 2 }, {}, headers),
    200,
    refusal('Invalid PIN', 1017106),
  )
  expect(broker.wrongPasswords).toBe(1)
  await expectReply(client.pin(), 200, SUCCESS)
})

test('where no accounts are listed the older call takes the PIN', async () => {
  const { client } = await startForTest({ profiles: [], generations: { older: false } })
  const verified = await client.verify(await client.otpToken())
  expect(await verified.json()).toEqual({ success: true, data: { message: 'OTP verified' } })
  await expectReply(client.oldPin(), 200, SUCCESS)
})

test('a login page whose address names no redirect ends at the usual one', async () => {
  const { client } = await startForTest({ namesRedirect: false })
  expect((await client.dialog()).headers.get('location')).not.toContain('redirect_uri')
  await client.verify(await client.otpToken())
  await expectReply(client.pin(), 200, refusal('Invalid client_id or redirect_uri'))
  const usual = { ...LOGIN_APP, redirect_uri: 'https://api-v2.upstox.com/login/authorization/redirect' }
  await expectReply(client.pin(undefined, usual), 200, SUCCESS)
})

test('a number without its user is refused with a code, and one of another country is another', async () => {
  const { client } = await startForTest({ credentials: { username: '+971501234567' } })
  await expectReply(client.generate({ userId: undefined }), 200, refusal('Something went wrong', 1017016))
  const abroad = { mobileNumber: '501234567', countryIsdCode: '+971' }
  await expectReply(
    client.generate({ ...abroad, countryIsdCode: undefined }),
    200,
    refusal('Invalid mobile number'),
  )
  await expectReply(
    client.generate({ ...abroad, countryIsdCode: '+91' }),
    200,
    refusal('Invalid mobile number'),
  )
  await expectReply(client.generate(abroad), 200, SUCCESS)
})

test('the fourth number within ten minutes is one too many', async () => {
  const { clock, client } = await startForTest({ otpBlock: 3 })
  const block = refusal('You have exceeded the maximum number of attempts.', 1017069)
  for (let count = 0; count < 3; count += 1) await expectReply(client.generate(), 200, SUCCESS)
  clock.ms += 10 * 60_000 - 1
  await expectReply(client.generate(), 200, block)
  clock.ms += 1
  await expectReply(client.generate(), 200, SUCCESS)
})

test('the PIN’s reply may have the code, and the token be anybody’s', async () => {
  const { broker, client } = await startForTest({ codeWithPin: true, tokenOf: 'PR0002' })
  await client.verify(await client.otpToken())
  const reply = await (await client.pin()).text()
  const [, code = ''] = /registered-redirect\?code=(\w{32})"/.exec(reply) ?? []
  await expectReply(client.exchange(code), 200, { user_id: 'PR0002' })
  expect(broker.loginsCompleted).toBe(1)
})

test('from an address that is not registered the profile is hidden, and the registered ones are shown', async () => {
  const { client } = await startForTest({ atRegisteredAddress: false })
  const bearer = `Bearer ${await client.accessToken()}`
  const hidden = { status: 'error', errors: [{ errorCode: 'UDAPI1221' }] }
  await expectReply(client.withToken('GET', '/v2/user/profile', bearer), 401, hidden)
  const invalid = { status: 'error', errors: [{ errorCode: 'UDAPI100050' }] }
  for (const path of ['/v2/user/profile', '/v2/user/ip'])
    await expectReply(client.withToken('GET', path, 'Bearer x'), 401, invalid)
  await expectReply(client.withToken('GET', '/v2/user/ip', bearer), 200, {
    status: 'success',
    data: { primary_ip: '203.0.113.7', secondary_ip: null },
  })
})
