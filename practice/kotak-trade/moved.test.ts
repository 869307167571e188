import { expect, test } from 'vitest'
import { expectReply } from '../test-client.ts'
import { kotakTradeModel } from '../kotak-trade.ts'
import { TestClient, fault, NO_ACCESS, NO_MARGIN, startForTest } from './test-client.ts'

test('the first host can send everyone to the other, and answers nothing else then', async () => {
  const { broker, client } = await startForTest({ redirectInit: true })
  const { api, moved } = broker.endpoints
  const there = { host: moved, port: Number(new URL(moved).port) }
  const here = { host: api, port: Number(new URL(api).port) }
  await expectReply(client.init(), 200, { Success: { redirect: there, service: here } })
  for (const ask of [
    () => client.login(),
    () => client.withCode('any'),
    () => client.withoutCode('any'),
    () => client.margin('any'),
    () => client.logout('any'),
  ]) {
    await expectReply(ask(), 401, NO_ACCESS)
  }

  const handThere = new TestClient(broker, moved)
  await expectReply(handThere.login(), 400, fault(400, 'Initialise the session first'))
  await expectReply(handThere.init(), 200, { Success: { redirect: there, service: there } })
  await expectReply(handThere.login(), 200, { Success: { redirect: there } })
  const token = await handThere.sessionToken()
  await expectReply(handThere.margin(token), 200, NO_MARGIN)
  await expectReply(client.margin(token), 401, NO_ACCESS)
  await expectReply(handThere.logout(token), 200, {})
})

test('without sockets it is told where to send everyone', () => {
  const model = kotakTradeModel()
  model.moveTo('https://ctradeapi.example/apim')
  const { access_token, app_id, consumer_key, ip, userid } = model.credentials
  const headers = {
    authorization: `Bearer ${access_token}`,
    accept: 'application/json',
    consumerkey: consumer_key,
    ip,
    appid: app_id,
    userid,
  }
  const url = new URL('https://tradeapi.example/session/1.0/session/init')
  const reply = model.routes.api['GET /session/1.0/session/init']?.({ method: 'GET', url, headers, body: '' })
  expect(JSON.parse(reply?.body ?? '')).toMatchObject({
    Success: { redirect: { host: 'https://ctradeapi.example/apim', port: 443 } },
  })
})
