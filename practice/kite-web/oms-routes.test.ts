import { expect, test } from 'vitest'
import { expectReply, location } from '../test-client.ts'
import { startForTest } from './test-client.ts'

const SUCCESS = { status: 'success' }
const DEAD = { status: 'error', data: null, error_type: 'TokenException' }

test('signing in hands out an enctoken, unless it is for an app alone', async () => {
  const { broker, clock, client } = await startForTest()
  await client.twofa(await client.requestId(), { skip_session: 'true' })
  expect(client.cookies.has('enctoken')).toBe(false)
  expect(broker.loginsCompleted).toBe(0)
  clock.ms += 30_000
  expect(await client.enctoken()).toMatch(/^[\w+/]{86}==$/)
})

test('what is below /oms wants the enctoken in its own scheme, and no cookie', async () => {
  const { client } = await startForTest()
  const enctoken = await client.enctoken()
  for (const path of ['/user/profile', '/portfolio/holdings']) {
    await expectReply(client.oms(path, enctoken), 200, SUCCESS)
    for (const wrong of ['', `${enctoken}x`, enctoken.slice(1)]) {
      await expectReply(client.oms(path, wrong), 403, DEAD)
    }
    for (const authorization of ['', enctoken, `Bearer ${enctoken}`, `token kitefront:${enctoken}`]) {
      await expectReply(client.web(`/oms${path}`, { headers: { authorization } }), 403, DEAD)
    }
  }
})

test('there is one web session: another login ends it', async () => {
  const { clock, client } = await startForTest()
  const first = await client.enctoken()
  clock.ms += 30_000
  const second = await client.enctoken()
  await expectReply(client.oms('/user/profile', first), 403, DEAD)
  await expectReply(client.oms('/user/profile', second), 200, SUCCESS)
})

test('it ends when Kite is opened elsewhere, and when everybody is signed out for the night', async () => {
  const { broker, clock, client } = await startForTest()
  const first = await client.enctoken()
  broker.endSessions()
  await expectReply(client.oms('/user/profile', first), 403, DEAD)
  clock.ms += 30_000
  const second = await client.enctoken()
  clock.ms = Date.UTC(2026, 0, 6, 0, 30) - 1
  await expectReply(client.oms('/user/profile', second), 200, SUCCESS)
  clock.ms += 1
  await expectReply(client.oms('/user/profile', second), 403, DEAD)
})

test('logging out ends the session whose cookie is sent, and no other', async () => {
  const { client } = await startForTest()
  const enctoken = await client.enctoken()
  const logout = (cookie: string) => client.web('/logout', { headers: { cookie } })
  for (const cookie of ['', 'enctoken=another', `user_id=${enctoken}`]) {
    expect(location(await logout(cookie))).toBe('/')
    await expectReply(client.oms('/user/profile', enctoken), 200, SUCCESS)
  }
  expect(location(await logout(`enctoken=${enctoken}; user_id=PW0001`))).toBe('/')
  await expectReply(client.oms('/user/profile', enctoken), 403, DEAD)
})
