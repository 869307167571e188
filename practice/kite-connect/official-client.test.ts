import { KiteConnect } from 'kiteconnect'
import { expect, test } from 'vitest'
import { startForTest } from './test-client.ts'

test('the official client logs in, asks for the profile, and logs out', async () => {
  const { broker, clock, client } = await startForTest()
  const { api_key, api_secret } = broker.credentials
  const official = new KiteConnect({ api_key, root: broker.endpoints.api })
  const requestToken = await client.requestToken()
  await expect(official.generateSession(requestToken, api_key)).rejects.toMatchObject({
    message: 'Invalid `checksum`.',
    error_type: 'TokenException',
  })
  const session = await official.generateSession(requestToken, api_secret)
  expect(session).toMatchObject({ user_id: 'PR0001', broker: 'ZERODHA', api_key })
  expect(await official.getProfile()).toMatchObject({ user_id: 'PR0001', user_name: 'Practice Trader' })
  expect(await official.invalidateAccessToken()).toBe(true)
  await expect(official.getProfile()).rejects.toMatchObject({ error_type: 'TokenException' })
  await expect(official.generateSession(requestToken, api_secret)).rejects.toMatchObject({
    error_type: 'TokenException',
  })

  clock.ms += 30_000
  official.setAccessToken(await client.accessToken())
  expect(await official.getProfile()).toMatchObject({ user_id: 'PR0001' })
  clock.ms += 24 * 3_600_000
  await expect(official.getProfile()).rejects.toMatchObject({
    message: 'Incorrect `api_key` or `access_token`.',
    error_type: 'TokenException',
  })
})
