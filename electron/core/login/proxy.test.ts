import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import {
  madeUpDomain,
  madeUpTokens,
  madeUpValues,
  type MadeUpBehaviour,
} from '../../../tests/support/made-up-broker.ts'
import { MemoryKeychain } from '../../adapters/memory-keychain.ts'
import { secretKey } from '../state/account.ts'
import { LoginError } from '../errors.ts'
import type { HttpSessionOptions, OpenHttpSession } from '../ports.ts'
import type { Secret } from '../secret.ts'
import { LoginEngine } from './engine.ts'

const never = new AbortController().signal
const password = 'open: sesame ₹'

/** The made-up broker behind a proxy, with everything that happened in its order. */
async function behindProxy(behaviour: MadeUpBehaviour = {}, prepare = () => Promise.resolve()) {
  const happened: string[] = []
  class WatchedKeychain extends MemoryKeychain {
    override get(key: string): Promise<Secret | null> {
      happened.push(key)
      return super.get(key)
    }
  }
  const keychain = new WatchedKeychain()
  const opened: HttpSessionOptions[] = []
  const parts = await madeUpDomain(
    {
      login: async (context) => {
        await context.http.send({ method: 'GET', url: context.endpoint('api') })
        return madeUpTokens
      },
      probe: async (context) => {
        await context.http.send({ method: 'GET', url: context.endpoint('api') })
      },
      ...behaviour,
    },
    keychain,
  )
  await parts.accounts.change('main', {
    values: { ...madeUpValues, proxy_password: password },
    endpoints: {},
    proxy: 'socks5://me@127.0.0.1:1080',
    acceptTerms: false,
  })
  const openHttp: OpenHttpSession = (options) => {
    opened.push(options)
    const session = parts.openHttp(options)
    return {
      send: (request) => {
        happened.push('request')
        return session.send(request)
      },
      prepare: (target) => {
        happened.push(`proxy to ${target.origin}`)
        return prepare()
      },
    }
  }
  happened.length = 0
  return { ...parts, happened, opened, engine: new LoginEngine({ ...parts, openHttp }) }
}

const down = () =>
  Promise.reject(new LoginError('network', { message: 'The proxy is down.', notJudged: true }))

describe('an account with a proxy', () => {
  test('tries it before it reads a secret of the broker’s or sends anything', async () => {
    const { engine, happened } = await behindProxy()
    await engine.login('main')
    expect(happened).toEqual([
      ...['main/bound-to', 'main/bound-to', 'main/proxy_password', 'proxy to https://made-up.example'],
      ...['main/app_secret', 'main/password', 'main/totp_secret', 'request', 'request'],
    ])
  })

  test('logs in, probes and logs out through it', async () => {
    const { engine, opened } = await behindProxy()
    await engine.login('main')
    await engine.probe('main', never)
    expect(opened).toHaveLength(2)
    for (const { proxy } of opened) {
      expect([proxy?.url.href, proxy?.login?.user]).toEqual(['socks5://127.0.0.1:1080', 'me'])
      expect(proxy?.login?.password.reveal()).toBe(password)
    }
  })

  test('whose proxy is down reads nothing, sends nothing, spends nothing and says so', async () => {
    const { account, engine, happened, sent } = await behindProxy({}, down)
    expect((await loginFailure(engine.login('main'))).kind).toBe('network')
    expect(happened).toEqual([
      ...['main/bound-to', 'main/bound-to', 'main/proxy_password', 'proxy to https://made-up.example'],
    ])
    expect([sent, account().spent, account().problem?.message]).toEqual([
      [],
      { password: 0, code: 0 },
      'The proxy is down.',
    ])
  })

  test('whose proxy’s password is gone does not go around it', async () => {
    const { account, engine, keychain, opened, sent } = await behindProxy()
    await engine.login('main')
    const before = [sent.length, opened.length]
    await keychain.delete(secretKey('main', 'proxy_password'))
    const attempts = [
      () => engine.login('main', { force: true }),
      () => engine.login('main'),
      () => engine.probe('main', never),
    ]
    for (const attempt of attempts) {
      const error = await loginFailure(attempt())
      expect([error.kind, error.message]).toEqual([
        'app-config',
        'The password of this account’s proxy is not stored.',
      ])
    }
    expect([sent.length, opened.length]).toEqual(before)
    expect(account().problem?.next).toBe('Enter it in the account’s details.')
  })

  test('never shows the proxy’s password, whoever repeats it', async () => {
    const { account, engine } = await behindProxy({
      login: () =>
        Promise.reject(new LoginError('bad-credentials', { brokerWords: `who is ${password} anyway` })),
    })
    await loginFailure(engine.login('main'))
    expect(account().problem?.brokerWords).toBe('who is [secret] anyway')
  })
})

test('an account without a proxy has none opened', async () => {
  const { accounts, engine, opened } = await behindProxy()
  await accounts.change('main', { values: madeUpValues, endpoints: {}, proxy: '', acceptTerms: false })
  await engine.login('main')
  expect(opened.map(({ proxy }) => proxy)).toEqual([null])
})
