import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import { GENERATE, startForTest, VERIFY } from './test-client.ts'

test('faults speak the envelope of the public API', async () => {
  const { broker, client } = await startForTest()
  const at = `POST ${GENERATE}`
  for (const status of [401, 429, 502]) broker.fault({ at, kind: 'status', status })
  broker.fault({ at, kind: 'error-200' })
  broker.fault({ at, kind: 'echo' })
  const replies: unknown[] = []
  for (let count = 0; count < 5; count += 1) replies.push(await (await client.generate()).json())
  const codes = ['UDAPI100050', 'UDAPI10005', 'UDAPI100500', 'UDAPI100500', 'UDAPI10000']
  expect(replies).toMatchObject(
    codes.map((code) => ({ status: 'error', errors: [{ errorCode: code, error_code: code }] })),
  )
  expect(client.cookies.size).toBe(0)
})

test('a code counts as used although the reply was lost', async () => {
  const { broker, client } = await startForTest()
  const token = await client.otpToken()
  broker.fault({ at: `POST ${VERIFY}`, kind: 'reset-after-processing' })
  await expect(client.verify(token)).rejects.toThrow()
  expect(broker.codesSeen).toHaveLength(1)
  await expectReply(client.verify(await client.otpToken()), 200, {
    error: { message: 'Invalid OTP. 4 attempts left.' },
  })
})
