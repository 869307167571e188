import { expect, test } from 'vitest'
import { expectReply, postJson } from '../test-client.ts'
import { HEADER_MISSING, NO_ACCESS, startForTest } from './test-client.ts'

const JWT = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/)
const ID = expect.stringMatching(/^\w{32}$/)

test('the right code opens a view session, the right MPIN a trade session', async () => {
  const { broker, clock, client } = await startForTest()
  const person = { ucc: 'PRACT', greetingName: 'PRACTICE TRADER', kId: 'PRACT0000P', isUserPwdExpired: false }
  const common = { token: JWT, sid: ID, rid: ID, ...person, status: 'success' }
  const servers = { hsServerId: 'server1', dataCenter: 'practice' }
  const login = await client.login()
  expect([login.status, await login.json()]).toEqual([
    200,
    { data: { ...common, ...servers, kType: 'View' } },
  ])
  expect(broker.codesSeen).toEqual([clock.ms / 30_000])
  expect(broker.loginsCompleted).toBe(0)

  clock.ms += 30_000
  const validated = await client.validate(await client.view())
  expect([validated.status, await validated.json()]).toEqual([
    200,
    {
      data: {
        ...{ ...common, ...servers, kType: 'Trade', baseUrl: broker.endpoints.api },
        feedUrl: expect.stringMatching(/^ws:.*betafeed$/),
        rtUrl: expect.stringMatching(/^ws:.*realtime$/),
      },
    },
  ])
  expect(broker.loginsCompleted).toBe(1)
})

test('another base URL can be told', async () => {
  const { client } = await startForTest({ baseUrl: 'https://cis.example' })
  await expectReply(client.validate(await client.view()), 200, { data: { baseUrl: 'https://cis.example' } })
})

test('both calls want the consumer key as it is, and the fin key', async () => {
  const { broker, clock, client } = await startForTest()
  const { consumer_key } = broker.credentials
  const view = await client.view()
  clock.ms += 30_000
  for (const ask of [
    (headers: Record<string, string>) => client.login({}, headers),
    (headers: Record<string, string>) => client.validate(view, {}, headers),
  ]) {
    for (const Authorization of [`Bearer ${consumer_key}`, consumer_key.slice(1), 'another']) {
      await expectReply(ask({ Authorization }), 401, NO_ACCESS)
    }
    await expectReply(ask({ Authorization: '' }), 400, HEADER_MISSING)
    await expectReply(ask({ 'neo-fin-key': '' }), 400, HEADER_MISSING)
    await expectReply(ask({ 'neo-fin-key': 'another' }), 400, { message: 'Invalid neo-fin-key' })
  }
  expect([broker.codesSeen.length, broker.wrongPasswords]).toEqual([1, 0])
  await expectReply(client.validate(view), 200, { data: { kType: 'Trade' } })
})

test('both calls want JSON with all fields', async () => {
  const { broker, client } = await startForTest()
  const notJson = { message: 'Expected application/json with text fields' }
  const view = await client.view()
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    await expectReply(client.login({}, { 'content-type': type }), 400, notJson)
    await expectReply(client.validate(view, {}, { 'content-type': type }), 400, notJson)
  }
  const missing = (field: string) => ({
    error: [{ code: '400', message: `Missing required field '${field}'` }],
  })
  await expectReply(client.login({ mobileNumber: '' }), 400, missing('MobileNumber'))
  await expectReply(client.login({ ucc: '' }), 400, missing('Ucc'))
  await expectReply(client.login({ totp: '' }), 400, missing('Totp'))
  await expectReply(client.validate(view, { mpin: '' }), 400, missing('Mpin'))
  for (const body of ['', '{', '[]', 'null', '{"mpin":123456}']) {
    const headers = {
      Authorization: broker.credentials.consumer_key,
      'neo-fin-key': 'neotradeapi',
      sid: view.sid,
      Auth: view.token,
    }
    const url = `${broker.endpoints.api}/login/1.0/tradeApiValidate`
    await expectReply(postJson(url, body, headers), 400, notJson)
  }
  expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])
  await expectReply(client.validate(view), 200, { data: { kType: 'Trade' } })
})

test('some accounts are refused a missing field with status 200', async () => {
  const { client } = await startForTest({ missingFieldStatus: 200 })
  await expectReply(client.login({ totp: '' }), 200, { error: [{ code: '400' }] })
})

test('a login can say that the password has expired', async () => {
  const { client } = await startForTest({ passwordExpired: true })
  await expectReply(client.login(), 200, { data: { isUserPwdExpired: true, kType: 'View' } })
})

test('the MPIN wants both halves of the newest view session, within five minutes', async () => {
  const { broker, clock, client } = await startForTest()
  const first = await client.view()
  clock.ms += 30_000
  const second = await client.view()
  await expectReply(client.validate({ ...second, sid: '' }), 400, HEADER_MISSING)
  await expectReply(client.validate({ ...second, token: '' }), 400, HEADER_MISSING)
  for (const view of [first, { ...second, sid: first.sid }, { ...second, token: first.token }]) {
    await expectReply(client.validate(view), 401, NO_ACCESS)
  }
  clock.ms += 5 * 60_000 - 1
  await expectReply(client.validate(second), 200, { data: { kType: 'Trade' } })
  await expectReply(client.validate(second), 401, NO_ACCESS)

  const late = await client.view()
  clock.ms += 5 * 60_000
  await expectReply(client.validate(late), 401, NO_ACCESS)
  expect([broker.loginsCompleted, broker.wrongPasswords]).toEqual([1, 0])
})
