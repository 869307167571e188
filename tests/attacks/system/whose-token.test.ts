import { describe, expect, onTestFinished, test } from 'vitest'
import type { SignIn } from '../../../electron/core/login/assisted.ts'
import { LoginEngine } from '../../../electron/core/login/engine.ts'
import type { HttpReply, HttpRequest, OpenHttpSession } from '../../../electron/core/ports.ts'
import { TestClient as KiteTestClient } from '../../../practice/kite-connect/test-client.ts'
import { startKiteConnect } from '../../../practice/kite-connect.ts'
import { TestClient as UpstoxTestClient } from '../../../practice/upstox/test-client.ts'
import { startUpstox } from '../../../practice/upstox.ts'
import { location } from '../../../practice/test-client.ts'
import { loginFailure } from '../../support/failure.ts'
import { domain } from '../../support/harness.ts'
import { kiteMorning, kiteWebMorning } from '../../support/kite-morning.ts'
import { neoMorning } from '../../support/kotak-neo-morning.ts'
import { tradeMorning } from '../../support/kotak-trade-morning.ts'
import { upstoxMorning } from '../../support/upstox-morning.ts'

type Domain = ReturnType<typeof domain>

/** The account’s user. The practice brokers’ person is another one. */
const wanted = 'ZX9041'
const asWanted = { mobile: wanted, typed: { user_id: wanted } }

async function expectNotKept(parts: Domain, account: string, signIn?: SignIn): Promise<void> {
  const login = parts.engine.login(account, signIn === undefined ? {} : { signIn })
  const error = await loginFailure(login)
  expect(error).toMatchObject({ kind: 'bad-credentials', retrySafe: false })
  expect(error.message).toMatch(
    /The login was that of \w+, and this account is for \w+\. Its token was not kept/,
  )
  expect(parts.account(account).token).toBe(null)
  expect(parts.tokens.freshness(account)).toBe('none')
  await expect(parts.tokens.primary(account)).rejects.toThrow()
}

describe('M6: another person’s token is not kept, unattended', () => {
  test.each<[broker: string, account: string, start: () => Promise<Domain>]>([
    ['Kite Connect', 'kite', () => kiteMorning(asWanted)],
    [
      'Kite Connect, whose exchange names nobody',
      'kite',
      () => kiteMorning({ ...asWanted, namesUser: false }),
    ],
    ['Kite web', 'kite', () => kiteWebMorning(asWanted)],
    ['Upstox', 'upstox', () => upstoxMorning({ tokenOf: 'PR0002', typed: { user_id: 'PR0001' } })],
    [
      'Upstox, whose exchange names nobody',
      'upstox',
      () => upstoxMorning({ tokenOf: 'PR0002', typed: { user_id: 'PR0001' }, namesUser: false }),
    ],
    ['Kotak Neo', 'neo', () => neoMorning({ sessionOf: 'OTHER' })],
  ])('by %s', async (_, account, start) => {
    await expectNotKept(await start(), account)
  })

  test('by Kotak Trade, which never says whose it is: every call names the account’s own user', async () => {
    const parts = await tradeMorning()
    const named = new Set<unknown>()
    const openHttp: OpenHttpSession = (options) => {
      const session = parts.openHttp(options)
      const send = (request: HttpRequest): Promise<HttpReply> => {
        named.add(request.headers?.['userid'] ?? Reflect.get(new Object(request.json), 'userid'))
        return session.send(request)
      }
      return { send, prepare: (target) => session.prepare(target) }
    }
    await new LoginEngine({ ...parts, openHttp }).login('trade')
    expect([...named]).toEqual([parts.account('trade').settings['userid']])
  })
})

/** Adds an assisted account at a practice Kite, whose person has signed in elsewhere and got a request token. */
async function kiteByHand(typed: Readonly<Record<string, string>>, namesUser = true) {
  const parts = domain()
  const broker = await startKiteConnect({ now: () => parts.clock.now(), namesUser })
  onTestFinished(() => broker.stop())
  const { api_key, api_secret, user_id } = broker.credentials
  const values = { api_key, api_secret, user_id, ...typed }
  const account = { name: 'kite', brokerId: 'kite-connect', endpoints: broker.endpoints, values }
  await parts.accounts.add({ ...account, mode: 'assisted', acceptTerms: false })
  const client = new KiteTestClient(broker)
  const end = new URL(location(await client.web(client.path('/connect/finish', await client.signIn()))))
  return { ...parts, broker, end }
}

async function upstoxByHand(typed: Readonly<Record<string, string>>, tokenOf = 'PR0001', namesUser = true) {
  const parts = domain()
  const broker = await startUpstox({ now: () => parts.clock.now(), tokenOf, namesUser })
  onTestFinished(() => broker.stop())
  const { client_id, client_secret, redirect_uri, username } = broker.credentials
  const values = { client_id, client_secret, redirect_uri, username, ...typed }
  const account = { name: 'upstox', brokerId: 'upstox', endpoints: broker.endpoints, values }
  await parts.accounts.add({ ...account, mode: 'assisted', acceptTerms: false })
  const client = new UpstoxTestClient(broker)
  await client.signIn()
  return { ...parts, broker, end: new URL(await client.redirectUri()) }
}

/** Ends the sign-in wherever the given addresses lead, as the window does: at the first that is its end. */
const led =
  (seen: boolean[], ...addresses: readonly URL[]): SignIn =>
  ({ isEnd }) => {
    seen.push(...addresses.map((address) => isEnd(address)))
    const end = addresses.find((address) => isEnd(address))
    return end === undefined ? Promise.reject(new Error('still signing in')) : Promise.resolve(end)
  }

describe('M6: another person’s token is not kept, signed in by hand', () => {
  test.each([true, false])(
    'at Kite, from a page of anybody’s (the exchange names them: %s)',
    async (names) => {
      const parts = await kiteByHand({ user_id: wanted }, names)
      const foreign = new URL(`https://foreign.example/${parts.end.search}`)
      await expectNotKept(parts, 'kite', led([], foreign))
    },
  )

  test.each([true, false])('at Upstox (the exchange names them: %s)', async (names) => {
    const parts = await upstoxByHand({ user_id: 'PR0009' }, 'PR0001', names)
    await expectNotKept(parts, 'upstox', () => Promise.resolve(parts.end))
  })
})

describe('M6, another way', () => {
  test('M6, another way: Kite’s sign-in ends at the registered address alone, where it is known', async () => {
    const { engine, end, broker } = await kiteByHand({ redirect_url: 'https://me.example/cb?x=1' })
    const at = (address: string): URL => new URL(`${address}${end.search}`)
    const foreign = [
      at('https://foreign.example/cb'),
      at('https://me.example.foreign.example/cb'),
      at('http://me.example/cb'),
      at('https://me.example:8443/cb'),
      at('https://me.example/cb/'),
      at('https://me.example/other?next=https://me.example/cb'),
      new URL('https://foreign.example/?status=error&message=Stop'),
    ]
    const seen: boolean[] = []
    await expect(engine.login('kite', { signIn: led(seen, ...foreign) })).rejects.toThrow('still signing in')
    expect(seen).toEqual(foreign.map(() => false))
    expect(broker.requests.map(({ path }) => path)).not.toContain('/session/token')
    expect(await engine.login('kite', { signIn: led([], ...foreign, at('https://me.example/cb')) })).toBe(
      'obtained',
    )
  })

  test('M6, another way: Upstox’s ends with no code of a sign-in that this account did not begin', async () => {
    const { engine, broker, end } = await upstoxByHand({})
    const seen: boolean[] = []
    const signIn = led(seen, end, new URL(`${end.href}&state=${crypto.randomUUID()}`))
    await expect(engine.login('upstox', { signIn })).rejects.toThrow('still signing in')
    expect(seen).toEqual([false, false])
    expect(broker.requests.map(({ path }) => path)).not.toContain('/v2/login/authorization/token')
  })

  test('M6, another way: each sign-in has a state of its own', async () => {
    const { engine } = await upstoxByHand({})
    const states: (string | null)[] = []
    const signIn: SignIn = ({ address }) => {
      states.push(address.searchParams.get('state'))
      return Promise.reject(new Error('closed'))
    }
    await expect(engine.login('upstox', { signIn })).rejects.toThrow('closed')
    await expect(engine.login('upstox', { signIn })).rejects.toThrow('closed')
    expect(states[0]).toMatch(/^[\da-f-]{36}$/)
    expect(states[1]).toMatch(/^[\da-f-]{36}$/)
    expect(states[0]).not.toBe(states[1])
  })

  test('M6, another way: the first good login’s user is remembered, and the next one’s compared', async () => {
    const parts = await upstoxByHand({}, 'PR0002')
    const signIn: SignIn = () => Promise.resolve(parts.end)
    await parts.engine.login('upstox', { signIn })
    expect(parts.account('upstox').tokenUser).toBe('PR0002')
    const other = await upstoxByHand({}, 'PR0001')
    await other.store.update((state) => ({
      ...state,
      accounts: state.accounts.map((one) => ({ ...one, tokenUser: 'PR0002' })),
    }))
    await expectNotKept(other, 'upstox', () => Promise.resolve(other.end))
    expect(other.account('upstox').tokenUser).toBe('PR0002')
  })
})
