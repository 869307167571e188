import { describe, expect, test } from 'vitest'
import { inputErrors, loginFailure } from '../../../tests/support/failure.ts'
import { madeUpDomain, madeUpTokens, madeUpValues } from '../../../tests/support/made-up-broker.ts'
import { MemoryLocks } from '../../../tests/support/harness.ts'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import type { LoginContext } from '../brokers/broker.ts'
import { LoginError } from '../errors.ts'
import type { Secret } from '../secret.ts'
import { bindingKey, secretKey, tokenBindingKey, tokenKey, type Account } from '../state/account.ts'
import { withAccount } from '../state/state.ts'
import { LoginEngine } from '../login/engine.ts'
import { followOnLoopback } from './binding.ts'

const never = new AbortController().signal
const OWN = 'https://made-up.example'
const OTHER = 'https://elsewhere.example'
const proxy = { url: 'http://proxy.example:3128', user: '' }

/** A keychain that stops all writing after a number of writes, as a crash does. */
class MortalKeychain extends MemoryKeychain {
  writesLeft = Infinity

  override set(key: string, value: Secret): Promise<void> {
    if (this.writesLeft-- <= 0) return new Promise(() => undefined)
    return super.set(key, value)
  }
}

/** An account whose login sends its password, and what another program does to the state file. */
async function bound(endpoints: Record<string, string> = {}, more: Partial<Account> = {}) {
  const keychain = new MortalKeychain()
  const send = async (context: LoginContext) => {
    const url = context.endpoint('api')
    await context.http.send({
      method: 'POST',
      url,
      form: { password: await context.spendPassword('password') },
    })
    return madeUpTokens
  }
  const parts = await madeUpDomain(
    {
      login: send,
      probe: async (context) => {
        await context.http.send({ method: 'GET', url: context.endpoint('api') })
      },
    },
    keychain,
  )
  const edit = (changes: Partial<Account>) =>
    parts.store.update((state) => withAccount(state, 'main', (account) => ({ ...account, ...changes })))
  const change = (values: Record<string, string>, next: Record<string, string>, way?: string) =>
    parts.accounts.change('main', { values, endpoints: next, proxy: way, acceptTerms: false })
  if (Object.keys(endpoints).length > 0) await change(madeUpValues, endpoints)
  await edit(more)
  const hosts = () => parts.sent.map(({ url }) => url.origin)
  /** Logs in as a new process does, which no lock of a dead one holds up. */
  const login = () => new LoginEngine({ ...parts, locks: new MemoryLocks() }).login('main', { force: true })
  /** Makes the secrets as a version before this one has stored them. */
  const unbind = () => keychain.delete(bindingKey('main'))
  return { ...parts, keychain, edit, change, hosts, login, unbind }
}

const refused = { kind: 'app-config', retrySafe: false, notJudged: true } as const
const again = 'has to be entered again, because an address or the proxy has changed'

describe('a changed state file', () => {
  test.each<[string, Partial<Account>]>([
    ['another address', { endpoints: { api: OTHER } }],
    ['another port of the broker', { endpoints: { api: `${OWN}:8443` } }],
    ['an address on this computer', { endpoints: { api: 'http://127.0.0.1:8000' } }],
    [
      'the broker’s name as a user of another host',
      { endpoints: { api: 'https://made-up.example@elsewhere.example' } },
    ],
    [
      'a host whose name begins with the broker’s',
      { endpoints: { api: 'https://made-up.example.elsewhere.example' } },
    ],
    ['an endpoint more', { endpoints: { web: OTHER } }],
    ['a proxy', { proxy }],
  ])('with %s gets no secret, and says what to do', async (_what, changes) => {
    const { account, edit, login, sent } = await bound()
    await edit(changes)
    const error = await loginFailure(login())
    expect(error).toMatchObject(refused)
    expect(error.next).toContain('account edit main --ask app_secret --ask password --ask totp_secret')
    expect([sent, account().spent]).toEqual([[], { password: 0, code: 0 }])
    expect(account().problem?.kind).toBe('app-config')
  })

  test.each<[string, Partial<Account>]>([
    ['no endpoint any more', { endpoints: {} }],
    ['another port', { endpoints: { api: 'http://127.0.0.1:8001' } }],
  ])('of a practice account with %s gets none either', async (_what, changes) => {
    const { edit, login, sent } = await bound({ api: 'http://127.0.0.1:8000' })
    await edit(changes)
    expect(await loginFailure(login())).toMatchObject(refused)
    expect(sent).toEqual([])
  })

  test.each<[string, Partial<Account>]>([
    ['nothing else', {}],
    ['the broker’s own address written out', { endpoints: { api: OWN } }],
    ['its usual port written out', { endpoints: { api: `${OWN}:443/` } }],
  ])('with %s changes nothing', async (_what, changes) => {
    const { edit, hosts, login } = await bound()
    await edit(changes)
    await login()
    expect(hosts()).toEqual([OWN, OWN])
  })

  test('that is an older one gets nothing after the user has moved the account', async () => {
    const { account, change, edit, login, sent } = await bound()
    const { endpoints } = account()
    await change(madeUpValues, { api: OTHER })
    await edit({ endpoints })
    expect(await loginFailure(login())).toMatchObject(refused)
    expect(sent).toEqual([])
  })

  test('is believed once all secrets are entered again, and not before', async () => {
    const { change, edit, hosts, login } = await bound()
    await edit({ endpoints: { api: OTHER } })
    await change({ password: madeUpValues.password }, { api: OTHER })
    expect(await loginFailure(login())).toMatchObject(refused)
    await change(madeUpValues, { api: OTHER })
    await login()
    expect(hosts()).toEqual([OTHER, OTHER])
  })

  test('gets no token by a probe, and none by a logout, which forgets it', async () => {
    const { edit, engine, keychain, login, sent } = await bound()
    await login()
    const before = sent.length
    await edit({ endpoints: { api: OTHER } })
    expect((await loginFailure(engine.probe('main', never))).kind).toBe('token-expired')
    expect(await engine.logout('main', never)).toBe('forgotten')
    expect(sent).toHaveLength(before)
    expect(await keychain.get(tokenKey('main', 'first'))).toBe(null)
    expect(await keychain.get(tokenBindingKey('main'))).toBe(null)
  })

  test('without its token’s binding sends an older token to the broker alone', async () => {
    const { edit, engine, keychain, login, sent } = await bound()
    await login()
    await keychain.delete(tokenBindingKey('main'))
    await engine.probe('main', never)
    const before = sent.length
    await edit({ endpoints: { api: OTHER } })
    await loginFailure(engine.probe('main', never))
    expect(sent).toHaveLength(before)
  })

  test('with another proxy gets no password of the proxy’s', async () => {
    const { change, edit, engine, login, openHttp } = await bound()
    await change({ ...madeUpValues, proxy_password: 'sesame' }, {}, 'http://me@proxy.example:3128')
    await login()
    expect(openHttp).toBeDefined()
    await edit({ proxy: { url: 'http://other.example:3128', user: 'me' } })
    expect(await loginFailure(engine.probe('main', never))).toMatchObject(refused)
  })
})

describe('the user who changes', () => {
  test.each<[string, Record<string, string>, string | undefined]>([
    ['an address', { api: OTHER }, undefined],
    ['only the port', { api: `${OWN}:8443` }, undefined],
    ['the proxy', {}, 'http://proxy.example:3128'],
  ])('%s is asked for every stored secret again', async (_what, endpoints, way) => {
    const { account, change, hosts, login } = await bound()
    const before = account()
    const wanted = { app_secret: again, password: again, totp_secret: again }
    expect(await inputErrors(() => change({}, endpoints, way))).toEqual(wanted)
    const { password, ...others } = wanted
    expect(await inputErrors(() => change({ password: 'new' }, endpoints, way))).toEqual(others)
    expect([account(), password]).toEqual([before, again])
    await change(madeUpValues, endpoints, way)
    await login()
    expect(hosts()[0]).toBe(endpoints['api'] === undefined ? OWN : new URL(endpoints['api']).origin)
  })

  test('nothing of them is asked for nothing', async () => {
    const { change, login } = await bound()
    await change({ app_id: 'other' }, { api: `${OWN}:443` })
    await change({ password: 'new' }, {})
    await login()
  })

  test('the address is believed only when everything is written: no crash sends a secret astray', async () => {
    for (let writes = 0; ; writes++) {
      const { account, change, edit, hosts, keychain, login } = await bound()
      keychain.writesLeft = writes
      const ended = await Promise.race([
        change({ ...madeUpValues, password: 'for the other' }, { api: OTHER }).then(() => true),
        new Promise((resolve) => setImmediate(resolve, false)),
      ])
      keychain.writesLeft = Infinity
      for (const endpoints of [account().endpoints, {}, { api: OTHER }]) {
        await edit({ endpoints, spent: { password: 0, code: 0 } })
        const went = await login().then(
          () => true,
          () => false,
        )
        if (!went) continue
        const isForOther = (await keychain.get(secretKey('main', 'password')))?.reveal() === 'for the other'
        expect([writes, hosts().at(-1)]).toEqual([writes, isForOther ? OTHER : OWN])
      }
      if (ended === true) {
        expect(writes).toBeGreaterThan(3)
        return
      }
    }
  })

  test('leaves no binding behind with a removed account', async () => {
    const { accounts, keychain, login } = await bound()
    await login()
    await accounts.remove('main')
    expect(await keychain.get(bindingKey('main'))).toBe(null)
    expect(await keychain.get(tokenBindingKey('main'))).toBe(null)
  })
})

describe('secrets from before there were bindings', () => {
  test.each([
    ['the broker’s own addresses', {}],
    ['this computer', { api: 'http://127.0.0.1:8000' }],
  ])('are bound once to %s', async (_what, endpoints) => {
    const { edit, hosts, login, unbind } = await bound(endpoints)
    await unbind()
    await login()
    const first = hosts()
    await edit({ endpoints: { api: OTHER }, spent: { password: 0, code: 0 } })
    expect(await loginFailure(login())).toMatchObject(refused)
    expect(hosts()).toEqual(first)
  })

  test('are bound to no other address: they have to be entered again', async () => {
    const { change, hosts, login, unbind } = await bound({ api: OTHER })
    await unbind()
    expect(await loginFailure(login())).toMatchObject(refused)
    await change({ password: madeUpValues.password }, { api: OTHER })
    expect(await loginFailure(login())).toMatchObject(refused)
    await change(madeUpValues, { api: OTHER })
    await login()
    expect(hosts()).toEqual([OTHER, OTHER])
  })

  test('stay bound when one of them is entered again', async () => {
    const { change, login, unbind } = await bound()
    await unbind()
    await change({ password: madeUpValues.password }, {})
    await login()
  })

  test('are not bound while the keychain is locked, which is said', async () => {
    const { keychain, login, sent, unbind } = await bound()
    await unbind()
    keychain.set = () => Promise.reject(new LoginError('keychain-locked'))
    expect((await loginFailure(login())).kind).toBe('keychain-locked')
    expect(sent).toEqual([])
  })
})

test('a practice account follows its broker to another port, and no other account does', async () => {
  const local = await bound({ api: 'http://127.0.0.1:8000' })
  const real = await bound()
  const elsewhere = await bound({ api: OTHER })
  const moved = { api: 'http://127.0.0.1:8001' }
  for (const { account, accounts, edit, keychain } of [local, real, elsewhere]) {
    await followOnLoopback(keychain, account(), moved, accounts.open('main').broker)
    await edit({ endpoints: moved })
  }
  await local.login()
  expect(local.hosts()).toEqual([moved.api, moved.api])
  for (const { login } of [real, elsewhere]) expect(await loginFailure(login())).toMatchObject(refused)
})
