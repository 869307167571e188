import { expect, test } from 'vitest'
import { kotakNeoModel } from '../../../../practice/kotak-neo.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { domain } from '../../../../tests/support/harness.ts'
import { kotakHosts } from '../../../../tests/support/kotak-hosts.ts'
import { LoginEngine } from '../../login/engine.ts'

/** An account at Kotak's own addresses, played by a practice broker; `baseUrl` is where it sends its clients. */
async function atKotak(baseUrl: string) {
  const parts = domain()
  const model = kotakNeoModel({ now: () => parts.clock.now(), baseUrl })
  const routes = model.routes.api
  const hosts = {
    'https://mis.kotaksecurities.com': routes,
    'https://cis.kotaksecurities.com': routes,
    'https://neo-gw.kotaksecurities.com/xyz': routes,
  }
  const { openHttp, asked } = kotakHosts(parts.clock, hosts)
  const values = model.credentials
  await parts.accounts.add({ name: 'neo', brokerId: 'kotak-neo', values, endpoints: {}, acceptTerms: true })
  return { ...parts, engine: new LoginEngine({ ...parts, openHttp }), asked }
}

test.each([
  ['https://cis.kotaksecurities.com', 'https://cis.kotaksecurities.com'],
  ['https://cis.kotaksecurities.com/', 'https://cis.kotaksecurities.com'],
  ['https://neo-gw.kotaksecurities.com/xyz', 'https://neo-gw.kotaksecurities.com/xyz'],
])('the session is used at the host of Kotak’s that the login names: %s', async (told, baseUrl) => {
  const { engine, tokens, asked } = await atKotak(told)
  expect(await engine.login('neo')).toBe('obtained')
  expect((await tokens.bundle('neo'))['base_url']?.reveal()).toBe(baseUrl)
  expect(asked).toEqual([
    'https://mis.kotaksecurities.com/',
    'https://mis.kotaksecurities.com/login/1.0/tradeApiLogin',
    'https://mis.kotaksecurities.com/login/1.0/tradeApiValidate',
    `${baseUrl}/quick/user/orders`,
    'https://mis.kotaksecurities.com/login/1.0/get-client-ip',
  ])
})

test.each([
  'https://cis.kotaksecurities.com:8443',
  'http://127.0.0.1:9',
  'https://kotaksecurities.com.example',
])('a real account’s session is not used at %s', async (baseUrl) => {
  const { engine, asked } = await atKotak(baseUrl)
  expect((await loginFailure(engine.login('neo'))).kind).toBe('protocol-changed')
  expect(asked).toHaveLength(3)
})
