import { expect, test } from 'vitest'
import { AUTHORIZE, GENERATE, PIN, startForTest, VERIFY } from './test-client.ts'

const HEADERS = 'content-type, x-request-id, x-device-details, x-profile-id, x-user-id'

/** Returns the headers by which a browser allows a cross-origin call. */
const allowed = ({ headers, ok }: Response) => ({
  ok,
  origin: headers.get('access-control-allow-origin'),
  cookies: headers.get('access-control-allow-credentials'),
  headers: headers.get('access-control-allow-headers'),
})

test.each([GENERATE, VERIFY, PIN, AUTHORIZE])(
  'only the login page may have a browser call %s',
  async (path) => {
    const { broker, client } = await startForTest()
    const { login, service } = broker.endpoints
    const asked = await fetch(`${service}${path}`, { method: 'OPTIONS' })
    expect(allowed(asked)).toEqual({ ok: true, origin: login, cookies: 'true', headers: HEADERS })
    const refused = await client.post(path, '{}')
    expect(allowed(refused)).toEqual({ ok: true, origin: login, cookies: 'true', headers: HEADERS })
  },
)

test('no page may call the public API', async () => {
  const { broker, client } = await startForTest()
  expect(allowed(await client.profile('none')).origin).toBe(null)
  const path = '/v2/login/authorization/token'
  expect((await fetch(`${broker.endpoints.api}${path}`, { method: 'OPTIONS' })).status).toBe(404)
})
