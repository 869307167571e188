import { describe, expect, onTestFinished } from 'vitest'
import type { LoginError } from '../../electron/core/errors.ts'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { test } from '../support/cli-test.ts'
import { loginFailure } from '../support/failure.ts'
import { domain } from '../support/harness.ts'
import { finds, Marker } from '../support/marker.ts'
import { endpointFlags, type Profile } from '../support/profile.ts'
import {
  PROXY_SIDE,
  proxyLogin,
  startMicrosocks,
  startTinyproxy,
  type RealProxy,
} from '../support/real-proxy.ts'
import { makeCertificate, tlsBefore } from '../support/tls-front.ts'

const real: [name: string, start: () => Promise<RealProxy>][] = [
  ['tinyproxy', startTinyproxy],
  ['microsocks', startMicrosocks],
]
const never = new AbortController().signal
const marker = new Marker('proxy password', proxyLogin.password)

/** Returns the addresses from which the broker was called. */
const peers = ({ requests }: KiteConnectPractice): string[] => [...new Set(requests.map(({ peer }) => peer))]

/** Writes an .env file with the proxy's password and the broker's credentials. */
async function envFile(profile: Profile, broker: KiteConnectPractice): Promise<string> {
  const { credentials } = broker
  const lines = Object.entries(credentials).map(([field, value]) => `KITE_${field.toUpperCase()}='${value}'`)
  return profile.write('all.env', `${lines.join('\n')}\nTOKENTRAY_PROXY_PASSWORD=${proxyLogin.password}\n`)
}

const adding = (file: string, proxy: string): string[] => [
  ...['account', 'add', 'kite', '--broker', 'kite-connect', '--accept-terms'],
  ...['--env-file', file, '--proxy', proxy],
]

/** Returns the domain with the account `kite` behind a proxy, and a practice broker on the same clock. */
async function behind(proxy: RealProxy, password = proxyLogin.password) {
  const parts = domain()
  const broker = await startKiteConnect({ now: () => parts.clock.now() })
  onTestFinished(() => broker.stop())
  await parts.accounts.add({
    name: 'kite',
    brokerId: 'kite-connect',
    values: { ...broker.credentials, proxy_password: password },
    endpoints: broker.endpoints,
    proxy: proxy.address,
    acceptTerms: true,
  })
  return { ...parts, broker, spent: () => parts.account('kite').spent }
}

describe.each(real)('%s', (_name, start) => {
  test('carries everything that the command line has to say to the broker', async ({ profile, broker }) => {
    const proxy = await start()
    const file = await envFile(profile, broker)
    await profile.cli.mustRun(...adding(file, proxy.address), ...endpointFlags(broker))
    for (const command of ['login', 'login', 'logout']) {
      const asked = broker.requests.length
      await profile.cli.mustRun(command, 'kite')
      expect(broker.requests.length).toBeGreaterThan(asked)
    }
    expect(peers(broker)).toEqual([PROXY_SIDE])
    expect(await profile.inKeychain('kite/proxy_password')).toBe(proxyLogin.password)
    const seen = new Map([
      ['state', JSON.stringify(await profile.state())],
      ['list', await profile.cli.mustRun('account', 'list', '--json')],
      ['doctor', await profile.cli.mustRun('doctor')],
    ])
    expect(seen.get('list')).toContain(`"proxy": "${proxy.address}"`)
    expect(finds([marker], seen)).toEqual([])
    await profile.cli.mustRun('account', 'remove', 'kite')
    expect(await profile.inKeychain('kite/proxy_password')).toBeNull()
  })

  test('once killed leaves no way to the broker', async () => {
    const proxy = await start()
    const { broker, engine, spent } = await behind(proxy)
    await engine.login('kite')
    const asked = broker.requests.length
    await proxy.kill()
    const attempts: (() => Promise<unknown>)[] = [
      () => engine.login('kite', { force: true }),
      () => engine.login('kite'),
      () => engine.probe('kite', never),
      () => engine.logout('kite', never),
    ]
    for (const attempt of attempts) {
      const error = await loginFailure(attempt())
      expect([error.kind, error.message]).toEqual([
        'network',
        `The proxy at 127.0.0.1:${proxy.port} could not be reached (ECONNREFUSED).`,
      ])
    }
    expect([broker.requests.length, peers(broker)]).toEqual([asked, [PROXY_SIDE]])
    expect(spent()).toEqual({ password: 0, code: 0 })
  })

  test.for(['GET /connect/login', 'POST /api/login', 'POST /api/twofa', 'POST /session/token'])(
    'killed in the middle of a login, at %s, ends it there',
    async (route) => {
      const proxy = await start()
      const { broker, engine } = await behind(proxy)
      broker.fault({ kind: 'hang', at: route })
      const failure: Promise<LoginError> = loginFailure(engine.login('kite'))
      await broker.waitFor(route)
      const asked = broker.requests.length
      await proxy.kill()
      expect(['network', 'budget-spent']).toContain((await failure).kind)
      expect([broker.requests.length, peers(broker)]).toEqual([asked, [PROXY_SIDE]])
    },
  )

  test('with a wrong password is asked once, and the broker not at all', async () => {
    const { account, broker, engine, spent } = await behind(await start(), 'not the password')
    const error = await loginFailure(engine.login('kite'))
    expect([error.kind, error.retrySafe]).toEqual(['app-config', false])
    expect(error.message).toMatch(
      /^The proxy at 127\.0\.0\.1:\d+ did not accept its user name or password\.$/,
    )
    expect(account('kite').problem?.message).toBe(error.message)
    expect([broker.requests, spent()]).toEqual([[], { password: 0, code: 0 }])
  })

  test('that wants a name says so when the account has none', async () => {
    const proxy = await start()
    const { accounts, broker, engine } = await behind(proxy)
    await accounts.change('kite', {
      values: {},
      endpoints: broker.endpoints,
      proxy: proxy.address.replace(`${proxyLogin.user}@`, ''),
      acceptTerms: false,
    })
    const error = await loginFailure(engine.login('kite'))
    expect([error.kind, broker.requests]).toEqual(['app-config', []])
  })

  test('says when it can’t reach the broker', async () => {
    const { broker, engine } = await behind(await start())
    await broker.stop()
    const error = await loginFailure(engine.login('kite'))
    expect(error.kind).toBe('network')
    expect(error.message).toMatch(/could not reach 127\.0\.0\.1:\d+ \(\w+\)/)
  })
})

describe('the command line', () => {
  test('ends with 4 when the proxy is down, naming it', async ({ profile, broker }) => {
    const proxy = await startTinyproxy()
    const file = await envFile(profile, broker)
    await profile.cli.mustRun(...adding(file, proxy.address), ...endpointFlags(broker))
    await profile.cli.mustRun('login', 'kite')
    const asked = broker.requests.length
    await proxy.kill()
    const { code, stderr } = await profile.cli.run('logout', 'kite')
    expect([code, broker.requests.length]).toEqual([4, asked])
    expect(stderr).toContain(`The proxy at 127.0.0.1:${proxy.port} could not be reached`)
    expect(stderr).toContain('nothing goes around the proxy')
  })

  test('wants no password as an argument, which it does not repeat', async ({ profile, broker }) => {
    const file = await envFile(profile, broker)
    const { code, stderr } = await profile.cli.run(...adding(file, 'http://me:hunter2hunter2@127.0.0.1:3128'))
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^proxy must not contain the password/)])
    expect(stderr).not.toContain('hunter2')
  })

  test('takes the proxy away again', async ({ profile, broker }) => {
    const file = await envFile(profile, broker)
    await profile.cli.mustRun(...adding(file, 'http://me@127.0.0.1:3128'), ...endpointFlags(broker))
    const again = ['--env-file', await profile.envFile(broker)]
    await profile.cli.mustRun('account', 'edit', 'kite', '--proxy', '', ...again)
    expect(await profile.inKeychain('kite/proxy_password')).toBeNull()
    await profile.cli.mustRun('login', 'kite')
    expect(peers(broker)).toEqual(['127.0.0.1'])
  })

  test.for(['http', 'https', 'socks5'])(
    'keeps what it says to an https broker from an %s proxy',
    async (scheme, { profile, broker }) => {
      const certificate = await makeCertificate(profile.folder)
      const proxy = await (scheme === 'socks5' ? startMicrosocks : startTinyproxy)()
      const front = await tlsBefore(proxy.port, certificate)
      const address =
        scheme === 'https' ? `https://${proxyLogin.user}@127.0.0.1:${front.port}` : proxy.address
      const fronts = await Promise.all(
        Object.entries(broker.endpoints).map(async ([key, url]) => ({
          key,
          ...(await tlsBefore(Number(new URL(url).port), certificate)),
        })),
      )
      const flags = fronts.flatMap(({ key, port }) => ['--endpoint', `${key}=https://127.0.0.1:${port}`])
      const cli = profile.cli.with({ NODE_EXTRA_CA_CERTS: certificate.file })
      await cli.mustRun(...adding(await envFile(profile, broker), address), ...flags)
      await cli.mustRun('login', 'kite')
      for (const each of fronts) expect([...each.peers]).toEqual([PROXY_SIDE])
      const heard = front.heard()
      if (scheme === 'https') expect(heard.toString('latin1')).toMatch(/^CONNECT 127\.0\.0\.1:\d+ HTTP/)
      const form = new URLSearchParams({ password: broker.credentials.password }).toString()
      const brokerHeard = Buffer.concat(fronts.map((each) => each.heard()))
      const places = new Map(Object.entries({ broker: brokerHeard, proxy: heard }))
      expect(finds([new Marker('password', form)], places)).toEqual(['password in broker'])
    },
  )
})
