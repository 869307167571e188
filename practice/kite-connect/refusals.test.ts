import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import { startForTest } from './test-client.ts'
import { kiteRefusal, kiteRefusals } from './refusals.ts'

test.each(Object.entries(kiteRefusals.besideEntry))(
  '%s is played in Kite’s envelope and counts as no entry',
  async (_what, [status, error_type, message]) => {
    const { broker, client } = await startForTest()
    broker.fault(kiteRefusal('POST /api/login', [status, error_type, message]))
    await expectReply(client.password({ password: 'wrong' }), status, {
      status: 'error',
      message,
      error_type,
    })
    expect(broker.wrongPasswords).toBe(0)
  },
)

test('a login that is gone can be begun again', async () => {
  const { broker, client } = await startForTest()
  broker.fault(kiteRefusal('POST /api/twofa', kiteRefusals.loginGone['a session that has ended']))
  const requestId = await client.requestId()
  await expectReply(client.twofa(requestId), 403, { error_type: 'TokenException' })
  await expectReply(client.twofa(await client.requestId()), 200, { status: 'success' })
  expect(broker.wrongCodes).toBe(0)
})

test('the mobile number lets the same person in', async () => {
  const mobile = '9876543210'
  const { client } = await startForTest({ mobile })
  await expectReply(client.password({ user_id: mobile }), 200, { data: { user_id: 'PR0001' } })
})
