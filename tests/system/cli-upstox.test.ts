import { describe, expect } from 'vitest'
import { startUpstox, type UpstoxOptions, type UpstoxPractice } from '../../practice/upstox.ts'
import { olderRoutes, routes } from '../support/upstox-morning.ts'
import { test as cliTest } from '../support/cli-test.ts'

/** Starts a practice Upstox and adds an account at it. */
type AddAccount = (
  name: string,
  options?: UpstoxOptions,
  typed?: Readonly<Record<string, string>>,
) => Promise<UpstoxPractice>

const test = cliTest.extend<{ readonly account: AddAccount }>({
  account: async ({ profile }, use) => {
    const brokers: UpstoxPractice[] = []
    await use(async (name, options = {}, typed = {}) => {
      const broker = await startUpstox(options)
      brokers.push(broker)
      await profile.addAccount(name, broker, { delay_ms: '100', ...typed })
      return broker
    })
    for (const broker of brokers) await broker.stop()
  },
})

describe.concurrent('an Upstox login on the command line', () => {
  test('from an address that is not registered gets a token, and says what it is good for', async ({
    account,
    profile,
  }) => {
    const broker = await account('elsewhere', { atRegisteredAddress: false })
    const login = await profile.cli.run('login', 'elsewhere')
    expect([0, 3]).toContain(login.code)
    expect(login.stdout + login.stderr).toMatch(/network address|registered/)
    expect(login.stderr).toContain('Upstox takes orders from 203.0.113.7.')
    const token = await profile.cli.run('token', 'elsewhere')
    expect(broker.accepts({ access_token: token.stdout.trim() })).toBe(true)
    await profile.cli.run('login', 'elsewhere')
    expect(broker.loginsCompleted).toBe(1)
  })

  test('whose PIN call is gone blames nobody, and goes on when it is back', async ({ account, profile }) => {
    const broker = await account('moved')
    const value = { success: false, error: { code: '404', message: 'Resource not found' } }
    broker.fault({ at: routes.pin, kind: 'json', status: 404, value })
    const { code, stderr } = await profile.cli.run('login', 'moved')
    expect([code, stderr]).toEqual([
      3,
      expect.not.stringMatching(/did not accept|refused this|enter it (here )?again/),
    ])
    expect((await profile.account('moved')).spent).toEqual({ password: 0, code: 0 })
    expect(await profile.cli.mustRun('login', 'moved')).toMatch(/^moved: ready/)
    expect([broker.wrongPasswords, broker.wrongCodes]).toEqual([0, 0])
  })

  test('at a broker of the older generation works', async ({ account, profile }) => {
    const broker = await account('older', { generations: { newer: false } })
    expect(await profile.cli.mustRun('login', 'older')).toMatch(/^older: ready/)
    expect(broker.requests.map(({ method, path }) => `${method} ${path}`)).toContain(olderRoutes.pin)
  })

  test('takes the code that Upstox adds to a redirect URL with one of its own', async ({
    account,
    profile,
  }) => {
    await account('fields', { credentials: { redirect_uri: 'https://127.0.0.1/cb?code=mine' } })
    expect(await profile.cli.mustRun('login', 'fields')).toMatch(/^fields: ready/)
  })

  test.for([
    ['zero', '9876543210', '0 98765 43210'],
    ['brackets', '9876543210', '(0091) 98765-43210'],
    ['abroad', '+971501234567', '00971 50 123 4567'],
  ])(
    'takes a mobile number as people have it: %s',
    async ([, username = '', typed = ''], { account, profile }) => {
      await account('mine', { credentials: { username } }, { username: typed })
      expect(await profile.cli.mustRun('login', 'mine')).toMatch(/^mine: ready/)
    },
  )

  test('that is blocked for ten minutes sends nothing more, and ends with the same words', async ({
    account,
    profile,
  }) => {
    const broker = await account('blocked', { otpBlock: 0 })
    const first = await profile.cli.run('login', 'blocked')
    expect([first.code, broker.requests.length]).toEqual([4, 2])
    const until = (await profile.account('blocked')).coolDownUntil ?? 0
    expect(until - Date.now()).toBeGreaterThan(9 * 60_000)
    const second = await profile.cli.run('login', 'blocked')
    expect([second.code, broker.requests.length]).toEqual([4, 2])
    expect(second.stderr).toContain('wants a pause')
  })
})
