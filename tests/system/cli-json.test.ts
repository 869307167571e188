import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { Profile } from '../support/profile.ts'

/** The environment of a server without a desktop login, and so without a session bus. */
const SERVER = { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined, DISPLAY: undefined }

let broker: KiteConnectPractice
let profile: Profile

beforeAll(async () => {
  broker = await startKiteConnect()
  profile = await Profile.create()
  await profile.addAccount('zerodha', broker)
  await profile.addAccount('wrong', broker, { user_id: 'XX0000' })
})

afterAll(async () => {
  await profile.remove()
  await broker.stop()
})

const time = z.iso.datetime()
const problem = z.strictObject({ kind: z.literal('bad-credentials'), message: z.string() })
const freshness = z.enum(['none', 'fresh', 'expiring', 'expired', 'rejected', 'unverified'])

/** The documented names of docs/command-line.md. Extra names are as wrong as missing ones. */
const documented = {
  'account list': z.strictObject({
    accounts: z.array(
      z.strictObject({
        name: z.string(),
        broker: z.literal('kite-connect'),
        endpoints: z.record(z.string(), z.url()),
        proxy: z.null(),
        family: z.null(),
      }),
    ),
  }),
  'account show zerodha': z.strictObject({
    name: z.literal('zerodha'),
    broker: z.literal('kite-connect'),
    settings: z.strictObject({ api_key: z.string(), user_id: z.string() }),
    secrets: z.strictObject({
      api_secret: z.literal(true),
      password: z.literal(true),
      totp_secret: z.boolean(),
    }),
    endpoints: z.record(z.string(), z.url()),
    proxy: z.null(),
    family: z.null(),
    mode: z.literal('unattended'),
    terms_accepted: z.literal(true),
  }),
  status: z.strictObject({
    accounts: z.array(
      z.strictObject({
        name: z.string(),
        broker: z.literal('kite-connect'),
        freshness,
        expires_at: z.nullable(time),
        problem: z.nullable(problem),
        addresses: z.null(),
      }),
    ),
  }),
  history: z.strictObject({
    events: z.array(
      z.strictObject({
        at: time,
        account: z.literal('zerodha'),
        event: z.literal('obtained'),
        by: z.literal('command line'),
      }),
    ),
  }),
  'keychain status': z.strictObject({
    keychain: z.literal('system'),
    state: z.literal('ok'),
    problem: z.null(),
    file: z.null(),
    mode: z.null(),
  }),
  'schedule status': z.strictObject({
    on: z.boolean(),
    at: z.string().regex(/^\d\d:\d\d$/),
    paused_until: z.null(),
    next_run: z.nullable(time),
    accounts: z.array(
      z.strictObject({
        name: z.string(),
        at: z.string().regex(/^\d\d:\d\d$/),
        today: z.nullable(z.enum(['ready', 'trying', 'failed', 'needs-you'])),
        skipped: z.boolean(),
        next_run: z.nullable(time),
      }),
    ),
  }),
}

describe('--json prints one object, as it is documented:', () => {
  test('login, also when one of the logins fails', async () => {
    const { code, stdout } = await profile.cli.run('login', '--json')
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toEqual({
      accounts: [
        { name: 'zerodha', result: 'obtained' },
        {
          name: 'wrong',
          result: 'failed',
          problem: {
            kind: 'bad-credentials',
            message: expect.any(String),
            next: expect.any(String),
            broker_words: expect.any(String),
          },
        },
      ],
    })
  })

  test.for(Object.entries(documented))('%s', async ([call, shape]) => {
    expect(
      z.safeParse(shape, JSON.parse(await profile.cli.mustRun(...call.split(' '), '--json'))).error,
    ).toBe(undefined)
  })

  test('keychain status where there is no keychain', async () => {
    const { code, stdout } = await profile.cli.with(SERVER).run('keychain', 'status', '--json')
    expect(code).toBe(5)
    expect(JSON.parse(stdout)).toEqual({
      keychain: 'system',
      state: 'keychain-missing',
      problem: { message: expect.any(String), next: expect.any(String) },
      file: null,
      mode: null,
    })
  })
})
