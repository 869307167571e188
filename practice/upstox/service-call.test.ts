import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import { AUTHORIZE, DEVICE, GENERATE, OLD_PIN, OLD_VERIFY, PIN, startForTest, VERIFY } from './test-client.ts'

const refusal = (message: string) => ({ success: false, error: { code: 'PRACTICE', message } })
const BODY = '{"data":{}}'

test.each([GENERATE, VERIFY, PIN, OLD_VERIFY, OLD_PIN, AUTHORIZE])(
  '%s wants the headers of a login page',
  async (path) => {
    const { broker, client } = await startForTest()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
      const headers = { 'content-type': type }
      await expectReply(client.post(path, BODY, headers), 200, refusal('Expected application/json'))
    }
    for (const id of [
      '',
      '0123456789',
      'WPRO-012345678',
      'WPRO-01234567890',
      'WPRO-01234_6789',
      'wpro-0123456789',
    ]) {
      const headers = { 'x-request-id': id }
      await expectReply(client.post(path, BODY, headers), 200, refusal('Invalid x-request-id'))
    }
    for (const details of [
      '',
      DEVICE.replace('platform=WEB', 'platform=IOS'),
      DEVICE.replace('platform=WEB|', ''),
      DEVICE.replace('uuid=practice0practice000', 'uuid=short'),
      DEVICE.replace('uuid=practice0practice000', 'uuid=practice0practice0001'),
      DEVICE.replaceAll('|', ';'),
    ]) {
      const headers = { 'x-device-details': details }
      await expectReply(client.post(path, BODY, headers), 200, refusal('Invalid x-device-details'))
    }
    expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])
  },
)

test.each([
  [GENERATE, { mobileNumber: '9000000000', userId: 'PR0001' }],
  [VERIFY, { otp: '000000', validateOtpToken: '0' }],
  [OLD_VERIFY, { otp: '000000', validateOtpToken: '0' }],
  [OLD_PIN, { twoFAMethod: 'SECRET_PIN', inputText: '0' }],
  [AUTHORIZE, { userOAuthApproval: true }],
])('%s wants exactly its own body', async (path, data) => {
  const { broker, client } = await startForTest()
  const invalid = refusal('Invalid request body')
  const bodies = ['', '{', '"data"', JSON.stringify(data), JSON.stringify({ data, more: 1 })]
  for (const field of Object.keys(data)) {
    // Upstox understands a call without a user and refuses it with its own code.
    if (field !== 'userId') bodies.push(JSON.stringify({ data: { ...data, [field]: undefined } }))
    bodies.push(JSON.stringify({ data: { ...data, [field]: 1 } }))
  }
  bodies.push(JSON.stringify({ data: { ...data, more: 'x' } }))
  for (const body of bodies) await expectReply(client.post(path, body), 200, invalid)
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])

  const accepted = await client.post(path, JSON.stringify({ data }))
  expect(await accepted.text()).not.toContain('Invalid request body')
})

test('the body’s type may name a charset', async () => {
  const { client } = await startForTest()
  const body = JSON.stringify({ data: { mobileNumber: '9000000000', userId: 'PR0001' } })
  const headers = { 'content-type': 'Application/JSON; charset=UTF-8' }
  await expectReply(client.post(GENERATE, body, headers), 200, { success: true })
})
