import { parseEnv } from 'node:util'
import { describe, expect } from 'vitest'
import { startKiteWeb, type KiteWebPractice } from '../../practice/kite-web.ts'
import { test as cliTest } from '../support/cli-test.ts'

const test = cliTest.extend<{ readonly kite: KiteWebPractice }>({
  kite: async ({}, use) => {
    const kite = await startKiteWeb()
    await use(kite)
    await kite.stop()
  },
})

describe.concurrent('a Kite web session on the command line', () => {
  test('is logged in, handed to a script, and logged out', async ({ profile, kite }) => {
    await profile.addAccount('web', kite)
    expect(await profile.cli.mustRun('login', 'web')).toBe('web: ready')
    expect(await profile.cli.mustRun('status', 'web')).toBe('web: ready')
    const enctoken = await profile.cli.mustRun('token', 'web')
    expect(kite.accepts({ enctoken })).toBe(true)
    const variables = parseEnv(await profile.cli.mustRun('token', 'web', '--format', 'dotenv'))
    expect(variables).toEqual({ KITE_ENCTOKEN: enctoken, KITE_USER_ID: kite.credentials.user_id })
    await profile.cli.mustRun('logout', 'web')
    expect(kite.accepts({ enctoken })).toBe(false)
  })

  test('is found to have ended when Kite was opened in a browser', async ({ profile, kite }) => {
    await profile.addAccount('web', kite)
    await profile.cli.mustRun('login', 'web')
    kite.endSessions()
    expect(await profile.cli.mustRun('status', 'web', '--probe')).toMatch(/^web: no longer accepted/)
  })
})

describe.concurrent('a TOTP secret', () => {
  test('alone makes an account that shows codes and says what a login would need', async ({
    profile,
    broker,
  }) => {
    const line = `KITE_TOTP_SECRET=${broker.credentials.totp_secret}\n`
    const envFile = await profile.write('codes.env', line)
    const added = ['account', 'add', 'codes', '--broker', 'kite-connect', '--env-file', envFile]
    expect(await profile.cli.mustRun(...added)).toContain('tokentray totp codes')
    expect(await profile.cli.mustRun('totp', 'codes')).toMatch(/^\d{6}$/)
    const { code, stderr } = await profile.cli.run('login', 'codes')
    expect(code).toBe(3)
    expect(stderr).toContain('not stored')
  })

  test('is forgotten when it is no longer wanted', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('account', 'edit', 'zerodha', '--forget', 'totp_secret')
    expect(await profile.inKeychain('zerodha/totp_secret')).toBeNull()
    expect((await profile.cli.run('totp', 'zerodha')).code).not.toBe(0)
    expect((await profile.cli.run('account', 'edit', 'zerodha', '--forget', 'password')).code).toBe(2)
    expect(await profile.inKeychain('zerodha/password')).toBe(broker.credentials.password)
  })
})
