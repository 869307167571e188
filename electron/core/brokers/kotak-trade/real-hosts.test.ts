import { expect, test } from 'vitest'
import { kotakTradeModel } from '../../../../practice/kotak-trade.ts'
import { domain } from '../../../../tests/support/harness.ts'
import { kotakHosts } from '../../../../tests/support/kotak-hosts.ts'
import { LoginEngine } from '../../login/engine.ts'

const TRADE = 'https://tradeapi.kotaksecurities.com/apim'
const MOVED = 'https://ctradeapi.kotaksecurities.com/apim'
const SANDBOX = 'https://sbx.kotaksecurities.com/apim'
const ANOTHER = 'https://another.kotaksecurities.com/apim'

/** An account at Kotak's own addresses, played by a practice broker. */
async function atKotak(endpoints: Readonly<Record<string, string>> = {}) {
  const parts = domain()
  const model = kotakTradeModel({ now: () => parts.clock.now() })
  const { api, moved } = model.routes
  const hosts = { [TRADE]: api, [MOVED]: moved, [SANDBOX]: moved, [ANOTHER]: moved }
  const { openHttp, asked } = kotakHosts(parts.clock, hosts)
  const { userid, password, consumer_key, access_token } = model.credentials
  const values = { userid, password, consumer_key, access_token }
  await parts.accounts.add({ name: 'trade', brokerId: 'kotak-trade', values, endpoints, acceptTerms: true })
  const visited = (): string[] => [...new Set(asked.map((url) => url.slice(0, url.indexOf('/apim') + 5)))]
  const host = async (): Promise<string | undefined> => (await parts.tokens.bundle('trade'))['host']?.reveal()
  return { ...parts, engine: new LoginEngine({ ...parts, openHttp }), model, visited, host }
}

test('a login stays at the first host unless it is sent on', async () => {
  const { engine, visited, host } = await atKotak()
  expect(await engine.login('trade')).toBe('obtained')
  expect(visited()).toEqual([TRADE])
  expect(await host()).toBe(TRADE)
})

test.each([MOVED, ANOTHER])('a login that is sent on to %s goes there', async (there) => {
  const { engine, model, visited, host } = await atKotak()
  model.moveTo(there)
  expect(await engine.login('trade')).toBe('obtained')
  expect(visited()).toEqual([TRADE, there])
  expect(await host()).toBe(there)
})

test('another of Kotak’s hosts can be chosen for an account, such as the sandbox', async () => {
  const { engine, visited, host } = await atKotak({ api: 'https://sbx.kotaksecurities.com' })
  expect(await engine.login('trade')).toBe('obtained')
  expect(visited()).toEqual([SANDBOX])
  expect(await host()).toBe(SANDBOX)
})
