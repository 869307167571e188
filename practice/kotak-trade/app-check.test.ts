import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import { fault, NO_ACCESS, startForTest } from './test-client.ts'

test('every call wants the app’s bearer, consumer key, address and id', async () => {
  const { broker, client } = await startForTest()
  const token = await client.oneTimeToken()
  const { access_token } = broker.credentials
  for (const ask of [
    (headers: Record<string, string>) => client.init(headers),
    (headers: Record<string, string>) => client.login({}, headers),
    (headers: Record<string, string>) => client.withCode(token, {}, headers),
    (headers: Record<string, string>) => client.withoutCode(token, {}, headers),
    (headers: Record<string, string>) => client.logout('any', headers),
  ]) {
    for (const Authorization of ['', access_token, 'Bearer another']) {
      await expectReply(ask({ Authorization }), 401, NO_ACCESS)
    }
    await expectReply(ask({ consumerKey: 'another' }), 401, NO_ACCESS)
    await expectReply(ask({ Accept: 'text/html' }), 400, fault(400, 'Expected accept: application/json'))
    await expectReply(ask({ ip: '' }), 400, fault(400, 'Missing header ip'))
  }
  await expectReply(client.init({ userid: '' }), 400, fault(400, 'Missing header userid'))
  await expectReply(client.withCode(''), 400, fault(400, 'Missing header onetimetoken'))
  await expectReply(client.logout(''), 400, fault(400, 'Missing header sessiontoken'))
  await expectReply(client.withCode(token, {}, { appId: '' }), 200, { success: {} })
})

test('the app’s id may be empty, but not missing', async () => {
  const { broker } = await startForTest()
  const { access_token, consumer_key: consumerKey, ip, userid } = broker.credentials
  const headers = {
    Authorization: `Bearer ${access_token}`,
    Accept: 'application/json',
    consumerKey,
    ip,
    userid,
  }
  await expectReply(
    fetch(`${broker.endpoints.api}/session/1.0/session/init`, { headers }),
    400,
    fault(400, 'Missing header appid'),
  )
})

test('entries come as JSON, with all fields', async () => {
  const { broker, client } = await startForTest()
  const token = await client.oneTimeToken()
  const notJson = fault(400, 'Expected application/json with text fields')
  const asText = { 'content-type': 'text/plain' }
  await expectReply(client.login({}, asText), 400, notJson)
  await expectReply(client.withCode(token, {}, asText), 400, notJson)
  await expectReply(client.withoutCode(token, {}, asText), 400, notJson)
  const missing = (field: string) => fault(400, `Missing or empty field ${field}`)
  await expectReply(client.login({ userid: '' }), 400, missing('userid'))
  await expectReply(client.login({ password: '' }), 400, missing('password'))
  await expectReply(client.withCode(token, { userid: '' }), 400, missing('userid'))
  await expectReply(client.withCode(token, { accessCode: '' }), 400, missing('accessCode'))
  await expectReply(client.withoutCode(token, { userid: '' }), 400, missing('userid'))
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])
  await expectReply(client.withCode(token), 200, { success: {} })
})
