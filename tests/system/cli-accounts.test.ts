import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { State } from '../../electron/core/state/state.ts'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { test } from '../support/cli-test.ts'
import { endpointFlags, Profile } from '../support/profile.ts'

describe.concurrent('tokentray account', () => {
  test('adds, lists, edits and removes', async ({ profile, broker }) => {
    await profile.addAccount('zerodha-main', broker)
    expect(await profile.cli.mustRun('account', 'list')).toBe('zerodha-main  kite-connect')
    expect(JSON.parse(await profile.cli.mustRun('account', 'list', '--json'))).toEqual({
      accounts: [
        {
          name: 'zerodha-main',
          broker: 'kite-connect',
          endpoints: broker.endpoints,
          proxy: null,
          family: null,
        },
      ],
    })
    expect(await profile.inKeychain('zerodha-main/password')).toBe(broker.credentials.password)

    await profile.cli.mustRun('account', 'edit', 'zerodha-main', '--set', 'user_id=ab1234')
    expect((await profile.account('zerodha-main')).settings['user_id']).toBe('AB1234')
    const envFile = await profile.write('new.env', 'KITE_PASSWORD=another password\n')
    await profile.cli.mustRun('account', 'edit', 'zerodha-main', '--env-file', envFile)
    expect(await profile.inKeychain('zerodha-main/password')).toBe('another password')
    expect(await profile.inKeychain('zerodha-main/api_secret')).toBe(broker.credentials.api_secret)

    await profile.cli.mustRun('account', 'remove', 'zerodha-main')
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
    for (const field of ['password', 'api_secret', 'totp_secret']) {
      expect(await profile.inKeychain(`zerodha-main/${field}`)).toBeNull()
    }
  })

  test('tells each broker’s fields, names and addresses', async ({ profile }) => {
    const help = await profile.cli.mustRun('account', 'add', '--help')
    for (const word of ['kite-connect', 'totp_secret', 'KITE_TOTP_SECRET', 'web=https://kite.zerodha.com']) {
      expect(help).toContain(word)
    }
  })

  test('takes a name that was used before, once its account is removed', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('account', 'remove', 'zerodha')
    await profile.addAccount('zerodha', broker)
    expect(await profile.cli.mustRun('account', 'list')).toBe('zerodha  kite-connect')
  })
})

type Call = (profile: Profile, broker: KiteConnectPractice) => Promise<string[]>

/** A valid call that adds an account; each test appends its own mistake. */
const adding =
  (replaced: Readonly<Record<string, string>>, ...more: string[]): Call =>
  async (profile, broker) => {
    const envFile = await profile.envFile(broker, replaced)
    const accepted = ['--env-file', envFile, '--accept-terms', ...endpointFlags(broker)]
    return ['account', 'add', 'other', '--broker', 'kite-connect', ...accepted, ...more]
  }

const saying =
  (...args: string[]): Call =>
  () =>
    Promise.resolve(args)

const mistakes: [what: string, call: Call, named: RegExp][] = [
  ['an unknown command', saying('fly'), /^Unknown command “fly”/],
  ['an unknown option', saying('login', '--fast'), /^Unknown option --fast\./],
  ['an unknown account', saying('login', 'nobody'), /^No account “nobody”\. You have: taken\./],
  ['an unknown account to show the token of', saying('token', 'nobody'), /^No account “nobody”/],
  ['an unknown account to edit', saying('account', 'edit', 'nobody'), /^No account “nobody”/],
  ['an unknown account to remove', saying('account', 'remove', 'nobody'), /^No account “nobody”/],
  [
    'an unknown token field',
    saying('token', 'taken', '--field', 'enctoken'),
    /^field “enctoken”.*access_token/,
  ],
  ['a missing name', saying('account', 'add', '--broker', 'kite-connect'), /^Which name\?/],
  ['a missing broker', saying('account', 'add', 'other'), /^Which broker\?.*kite-connect/],
  ['an unknown broker', saying('account', 'add', 'other', '--broker', 'nse'), /^broker “nse”.*kite-connect/],
  ['a name in use', saying('account', 'add', 'taken', '--broker', 'kite-connect'), /^name “taken” is in use/],
  ['a name that is none', saying('account', 'add', 'My Account', '--broker', 'kite-connect'), /^name /],
  ['a TOTP secret that is no base32', adding({ totp_secret: 'PRACTICE1PRACTICE8' }), /^totp_secret .*“1”/],
  ['a code in place of the TOTP secret', adding({ totp_secret: '123456' }), /^totp_secret looks like a code/],
  ['a missing password', adding({ password: '' }), /^password is missing/],
  ['a user ID that is none', adding({ user_id: 'me' }), /^user_id /],
  ['plain http to elsewhere', adding({}, '--endpoint', 'web=http://example.com'), /^endpoint\.web .*https/],
  ['plain http to a name', adding({}, '--endpoint', 'api=http://localhost:8000'), /^endpoint\.api .*https/],
  ['an unknown endpoint', adding({}, '--endpoint', 'login=https://example.com'), /^endpoint\.login /],
  ['a pair that is none', adding({}, '--set', 'user_id'), /^set wants NAME=VALUE/],
  ['an unknown field', adding({}, '--set', 'pin=1234'), /^pin is not a field/],
  ['an .env file that can’t be read', adding({}, '--env-file', '/nowhere/at/all.env'), /^env-file .*ENOENT/],
]

describe.concurrent('tokentray refuses with exit code 2 and names', () => {
  let broker: KiteConnectPractice
  let profile: Profile
  let before: State

  beforeAll(async () => {
    broker = await startKiteConnect()
    profile = await Profile.create()
    await profile.addAccount('taken', broker)
    before = await profile.state()
  })

  afterAll(async () => {
    expect(await profile.state()).toEqual(before)
    await profile.remove()
    await broker.stop()
  })

  test.for(mistakes)('%s', async ([, call, named]) => {
    const { code, stdout, stderr } = await profile.cli.run(...(await call(profile, broker)))
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(named)
  })

  test('a secret given as an argument, which it does not repeat', async () => {
    const args = await adding({}, '--set', 'password=hunter2hunter2')(profile, broker)
    const { code, stderr } = await profile.cli.run(...args)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^password is a secret/)
    expect(stderr).not.toContain('hunter2')
  })

  test('terms that nobody has accepted, with their sentence', async () => {
    const args = await adding({})(profile, broker)
    const { code, stderr } = await profile.cli.run(...args.filter((arg) => arg !== '--accept-terms'))
    expect(code).toBe(2)
    expect(stderr).toMatch(/^accept-terms is missing\. Zerodha/)
  })
})
