import { describe, expect, type TestContext } from 'vitest'
import { kiteRefusal, kiteRefusals } from '../../practice/kite-connect/refusals.ts'
import { startKiteConnect, type KiteConnectOptions } from '../../practice/kite-connect.ts'
import { test } from '../support/cli-test.ts'
import type { Profile } from '../support/profile.ts'

type Finish = Pick<TestContext, 'onTestFinished'>

async function loginAt(profile: Profile, options: KiteConnectOptions, { onTestFinished }: Finish) {
  const broker = await startKiteConnect(options)
  onTestFinished(() => broker.stop())
  await profile.addAccount('kite', broker)
  return { broker, ...(await profile.cli.run('login', 'kite')) }
}

describe.concurrent('a login at Kite on the command line', () => {
  test.for<[string, KiteConnectOptions, string]>([
    [
      'an app of another user ID',
      { clientId: 'PR00' },
      'Add user ID PR0001 to the app at developers.kite.trade',
    ],
    [
      'a lapsed subscription',
      { lapsed: 'Your Kite Connect subscription has expired' },
      'Renew the subscription',
    ],
    ['a lapsed key', { lapsed: 'Invalid API key or access token' }, 'renew its subscription'],
    ['a lost session of the app', { forgetsApp: true }, 'the app’s session was lost'],
  ])(
    'ends with %s in 3 and says what to do, after one try',
    async ([, options, words], { profile, onTestFinished }) => {
      const { broker, code, stderr } = await loginAt(profile, options, { onTestFinished })
      expect(code).toBe(3)
      expect(stderr.replace(/\s+/g, ' ')).toContain(words)
      expect(broker.requests.filter(({ path }) => path === '/api/login')).toHaveLength(1)
    },
  )

  test.for(['https://me.example/cb?status=live', 'https://me.example/#/cb'])(
    'ends at %s with a token',
    async (redirectUrl, { profile, onTestFinished }) => {
      const options = { redirectUrl, redirectHops: 1, hopsByAlias: true }
      expect((await loginAt(profile, options, { onTestFinished })).code).toBe(0)
    },
  )

  const gone = 'a route that is gone'
  test('blames no password for a route that is gone, and sends it again', async ({ profile, broker }) => {
    await profile.addAccount('kite', broker)
    broker.fault(kiteRefusal('POST /api/login', kiteRefusals.besideEntry[gone]))
    const { code, stderr } = await profile.cli.run('login', 'kite')
    expect(code).toBe(3)
    expect(stderr).toContain('Route not found')
    expect(stderr).not.toMatch(/did not accept|refused this|reset/)
    expect((await profile.cli.run('login', 'kite')).code).toBe(0)
  })

  test('blames no password for anything else that Kite says beside it', async ({ profile, broker }) => {
    await profile.addAccount('kite', broker)
    for (const [what, refused] of Object.entries(kiteRefusals.besideEntry)) {
      if (what === gone) continue
      broker.fault(kiteRefusal('POST /api/login', refused))
      const { code, stderr } = await profile.cli.run('login', 'kite')
      const [, , words] = refused
      expect([code, stderr]).toEqual([3, expect.stringContaining(words)])
      expect(stderr.replaceAll(words, '')).not.toMatch(
        /did not accept|refused this|reset|your password|enter/,
      )
      // As if the user had entered it again: with an unknown outcome, the attempt stays spent.
      await profile.changeAccount('kite', (account) => ({ ...account, spent: { password: 0, code: 0 } }))
    }
    expect(broker.requests.filter(({ path }) => path === '/api/login')).toHaveLength(6)
    expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])
    expect((await profile.cli.run('login', 'kite')).code).toBe(0)
  })

  test('sends a proven password in the next run, after one whose reply was lost', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('kite', broker)
    // As if a login had succeeded on another morning.
    await profile.changeAccount('kite', (account) => ({ ...account, passwordProven: true }))
    broker.fault({ at: 'POST /api/login', kind: 'reset-after-processing' })
    const lost = profile.cli.start('login', 'kite')
    await lost.said(/Waiting to try again/)
    lost.interrupt()
    expect((await lost.ended).code).toBe(130)
    expect((await profile.account('kite')).spent.password).toBe(1)
    await profile.cli.mustRun('login', 'kite')
    expect((await profile.account('kite')).spent.password).toBe(0)
  })

  test('sends no password again that was never accepted, after one whose reply was lost', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('kite', broker)
    broker.fault({ at: 'POST /api/login', kind: 'reset-after-processing' })
    expect((await profile.cli.run('login', 'kite')).code).toBe(6)
    expect((await profile.cli.run('login', 'kite', '--force')).code).toBe(6)
    expect(broker.requests.filter(({ path }) => path === '/api/login')).toHaveLength(1)
  })

  test('is not for a mobile number', async ({ profile, broker }) => {
    const { api_key, api_secret, password } = broker.credentials
    const lines = { KITE_API_KEY: api_key, KITE_API_SECRET: api_secret, KITE_PASSWORD: password }
    const env = Object.entries({ ...lines, KITE_USER_ID: '+91 98765 43210' })
    const file = await profile.write('kite.env', env.map(([name, value]) => `${name}="${value}"\n`).join(''))
    const added = ['account', 'add', 'kite', '--broker', 'kite-connect', '--env-file', file, '--accept-terms']
    const { code, stderr } = await profile.cli.run(...added)
    expect(code).toBe(2)
    expect(stderr).toContain('user_id is what Kite calls your user ID, such as AB1234, not the mobile number')
  })
})
