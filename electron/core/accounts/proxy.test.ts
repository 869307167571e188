import { describe, expect, test } from 'vitest'
import { inputErrors } from '../../../tests/support/failure.ts'
import { madeUpBroker, madeUpDomain, madeUpValues } from '../../../tests/support/made-up-broker.ts'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import { secretKey } from '../state/account.ts'
import { State } from '../state/state.ts'
import { proxyAddress, readProxy } from './proxy.ts'
import { checkInput } from './validate.ts'

const secret = 'open: sesame ₹'

describe('a proxy’s address', () => {
  test.each([
    ['http://proxy.example:3128', 'http://proxy.example:3128', ''],
    ['  https://Proxy.Example/ ', 'https://proxy.example', ''],
    ['socks5://Proxy.Example:1080', 'socks5://proxy.example:1080', ''],
    ['socks5://me@[::1]:1080/', 'socks5://[::1]:1080', 'me'],
    ['http://me@desk.example@127.0.0.1:8080', 'http://127.0.0.1:8080', 'me@desk.example'],
    ['http://100%25%20me@127.0.0.1:8080', 'http://127.0.0.1:8080', '100% me'],
  ])('may be %j', (typed, url, user) => {
    const proxy = readProxy(typed)
    expect(proxy).toEqual({ url, user })
    expect(readProxy(proxyAddress(proxy))).toEqual(proxy)
  })

  test('may be empty, which is none', () => {
    expect(readProxy(' ')).toBe(null)
    expect(proxyAddress(null)).toBe('')
  })

  test.each([
    ['proxy.example', /^is not an address; it looks like http:/],
    ['http://', /^is not an address/],
    ['socks5:127.0.0.1', /^is not an address/],
    ['proxy.example:3128', /^must start with http:\/\/, https:\/\/ or socks5:\/\//],
    ['socks4://proxy.example', /^must start with/],
    ['ftp://proxy.example', /^must start with/],
    ['http://proxy.example/path', /^must be a host without a path/],
    ['http://proxy.example?x=1', /^must be a host without a path/],
    ['http://100%@proxy.example', /%25/],
    ['http://a%3Ab@proxy.example', /colon/],
    ['http://a%0D%0Ab@proxy.example', /user name that has a character/],
    [`http://${'a'.repeat(256)}@proxy.example`, /user name that is longer than 255 bytes/],
  ])('may not be %j', async (typed, why) => {
    expect((await inputErrors(() => readProxy(typed)))['proxy']).toMatch(why)
  })

  test('may not hold the password, which is not repeated', async () => {
    const errors = await inputErrors(() => readProxy('http://me:hunter2hunter2@proxy.example'))
    expect(errors['proxy']).toMatch(/^must not contain the password.*TOKENTRAY_PROXY_PASSWORD/)
    expect(JSON.stringify(errors)).not.toContain('hunter2')
  })
})

describe('a proxy’s password', () => {
  const check = (proxy: string, password: string) => () =>
    checkInput(
      madeUpBroker(),
      { values: { ...madeUpValues, proxy_password: password }, endpoints: {}, proxy },
      new Set(),
    )

  test.each([
    ['missing', 'http://me@proxy.example', '', /^is missing/],
    ['for nobody', 'http://proxy.example', secret, /^is for a user, and the proxy’s address names none/],
    ['for no proxy', '', secret, /^is for a user/],
    ['too long for SOCKS', 'socks5://me@proxy.example', '₹'.repeat(86), /^is longer than 255 bytes/],
    ['of two lines', 'http://me@proxy.example', `${secret}\n`, /^has a character in it/],
  ])('may not be %s', async (_what, proxy, password, why) => {
    const errors = await inputErrors(check(proxy, password))
    expect(Object.keys(errors)).toEqual(['proxy_password'])
    expect(errors['proxy_password']).toMatch(why)
    expect(JSON.stringify(errors)).not.toContain('sesame')
  })

  test('is kept as it was typed, spaces and all', () => {
    const { proxy, secrets } = check('http://me@proxy.example', ' a b ')()
    expect(proxy).toEqual({ url: 'http://proxy.example', user: 'me' })
    expect(secrets['proxy_password']?.reveal()).toBe(' a b ')
  })
})

test('plain http to this computer goes through a proxy on this computer alone', async () => {
  const check = (proxy: string) => () =>
    checkInput(
      madeUpBroker(),
      { values: madeUpValues, endpoints: { api: 'http://127.0.0.1:8000' }, proxy },
      new Set(),
    )
  expect(check('socks5://127.0.0.1')().proxy?.url).toBe('socks5://127.0.0.1')
  for (const elsewhere of ['http://proxy.example', 'http://localhost:3128']) {
    const errors = await inputErrors(check(elsewhere))
    expect(errors['endpoint.api']).toMatch(/^must start with https.*proxy would take/)
  }
})

describe('an account', () => {
  async function withProxy() {
    const keychain = new MemoryKeychain()
    const parts = await madeUpDomain({}, keychain)
    const stored = async () => (await keychain.get(secretKey('main', 'proxy_password')))?.reveal() ?? null
    /** Another proxy wants the broker's secrets again: see binding.test.ts. */
    const change = (proxy: string | undefined, password?: string) => {
      const values = { ...madeUpValues, ...(password !== undefined && { proxy_password: password }) }
      return parts.accounts.change('main', { values, endpoints: {}, proxy, acceptTerms: false })
    }
    await change('http://me@proxy.example:3128', secret)
    return { ...parts, change, stored }
  }

  test('has its proxy in the state and the password in the keychain, and never the other way', async () => {
    const { account, store, stored, clock } = await withProxy()
    expect(account().proxy).toEqual({ url: 'http://proxy.example:3128', user: 'me' })
    expect(account().secretsSetAt['proxy_password']).toBe(clock.now())
    expect(await stored()).toBe(secret)
    expect(JSON.stringify(store.saved)).not.toContain(secret)
  })

  test('may have a proxy from the start', async () => {
    const { accounts } = await withProxy()
    const input = { brokerId: 'made-up', values: madeUpValues, endpoints: {}, acceptTerms: true }
    await accounts.add({ name: 'second', ...input, proxy: 'socks5://127.0.0.1' })
    expect(accounts.open('second').account.proxy).toEqual({ url: 'socks5://127.0.0.1', user: '' })
  })

  test('keeps its proxy, with the password, when nothing is said of it', async () => {
    const { account, change, stored } = await withProxy()
    await change(undefined)
    await change('http://me@proxy.example:3128/')
    expect(account().proxy).toEqual({ url: 'http://proxy.example:3128', user: 'me' })
    expect(await stored()).toBe(secret)
  })

  test.each([
    'http://me@other.example:3128',
    'http://you@proxy.example:3128',
    'https://me@proxy.example:3128',
  ])('gives the password that it has to no other: %s wants its own', async (other) => {
    const { account, change, stored } = await withProxy()
    expect(await inputErrors(() => change(other))).toEqual({ proxy_password: 'is missing' })
    expect([account().proxy?.url, await stored()]).toEqual(['http://proxy.example:3128', secret])
  })

  test.each(['', 'http://proxy.example:3128'])('forgets the password with its user: %j', async (next) => {
    const { account, change, stored } = await withProxy()
    await change(next)
    expect(account().secretsSetAt).not.toHaveProperty('proxy_password')
    expect(await stored()).toBe(null)
  })

  test('keeps its token and its attempts when the proxy changes', async () => {
    const { account, change, engine } = await withProxy()
    await engine.login('main')
    const { token, spent } = account()
    expect(token).not.toBe(null)
    await change('socks5://proxy.example')
    expect([account().token, account().spent]).toEqual([token, spent])
  })

  test('leaves no password behind when it is removed', async () => {
    const { accounts, stored } = await withProxy()
    await accounts.remove('main')
    expect(await stored()).toBe(null)
  })

  test('of a state file from before there were proxies has none', async () => {
    const { store } = await withProxy()
    const old: unknown = JSON.parse(JSON.stringify(store.state), (key: string, value: unknown) =>
      key === 'proxy' ? undefined : value,
    )
    expect(JSON.stringify(old)).not.toContain('"proxy"')
    expect(State.parse(old).accounts.map(({ proxy }) => proxy)).toEqual([null])
  })
})
