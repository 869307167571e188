import { describe, expect } from 'vitest'
import * as z from 'zod/mini'
import { startKotakNeo, type KotakNeoOptions, type KotakNeoPractice } from '../../practice/kotak-neo.ts'
import { test as cliTest } from '../support/cli-test.ts'
import { endpointFlags } from '../support/profile.ts'

type Practise = (options?: KotakNeoOptions) => Promise<KotakNeoPractice>

const test = cliTest.extend<{ readonly practise: Practise }>({
  practise: async ({}, use) => {
    const started: KotakNeoPractice[] = []
    await use(async (options) => {
      const broker = await startKotakNeo(options)
      started.push(broker)
      return broker
    })
    await Promise.all(started.map((broker) => broker.stop()))
  },
})

const Status = z.object({
  accounts: z.array(
    z.object({
      addresses: z.nullable(
        z.object({
          seen: z.nullable(z.string()),
          seen_before: z.nullable(z.string()),
          registered: z.array(z.string()),
          at: z.string(),
        }),
      ),
    }),
  ),
})

describe.concurrent('a Kotak Neo account on the command line', () => {
  test('with a client code of seven characters, a short MPIN and another kind of key is added from a file', async ({
    profile,
    practise,
  }) => {
    const credentials = {
      ucc: 'WB12345',
      mpin: '2468',
      consumer_key: 'made-up-key',
      mobile_number: '+919876543210',
    }
    const broker = await practise({ credentials })
    const envFile = await profile.write(
      'neo.env',
      [
        'KOTAK_NEO_UCC=WB12345',
        'KOTAK_NEO_MPIN=2468',
        'KOTAK_NEO_CONSUMER_KEY=made-up-key',
        'KOTAK_NEO_MOBILE_NUMBER="(0) 98765-43210"',
        `KOTAK_NEO_TOTP_SECRET=${broker.credentials.totp_secret}`,
      ].join('\n'),
    )
    const added = await profile.cli.run(
      ...['account', 'add', 'neo', '--broker', 'kotak-neo', '--env-file', envFile, '--accept-terms'],
      ...endpointFlags(broker),
    )
    expect(added.code).toBe(0)
    expect(added.stderr).toMatch(/Note: consumer_key does not look like Kotak’s/)
    expect(added.stderr).toMatch(/Note: mpin is shorter/)
    expect(added.stderr).not.toMatch(/made-up-key|2468/)
    expect((await profile.account('neo')).settings).toEqual({
      mobile_number: '+919876543210',
      ucc: 'WB12345',
    })
    expect(await profile.cli.mustRun('login', 'neo')).toMatch(/^neo: ready/)

    const edited = await profile.cli.run('account', 'edit', 'neo', '--set', 'ucc=12345678')
    expect(edited.code).toBe(0)
    expect(edited.stderr).toMatch(/Note: ucc is all digits/)
  })

  test('is added from the .env file of Kotak’s own client as it is', async ({ profile, practise }) => {
    const broker = await practise()
    const { consumer_key, mobile_number, ucc, mpin, totp_secret } = broker.credentials
    const own = [
      `NEO_CONSUMER_KEY=${consumer_key}`,
      `NEO_MOBILE_NUMBER=${mobile_number}`,
      `NEO_UCC=${ucc}`,
      `NEO_MPIN=${mpin}`,
      `NEO_TOTP_SECRET=${totp_secret}`,
    ]
    const envFile = await profile.write('own.env', `${own.join('\n')}\n`)
    expect(await profile.cli.mustRun('account', 'import', envFile)).toContain('Kotak Neo')
    await profile.cli.mustRun(
      ...['account', 'add', 'neo', '--broker', 'kotak-neo', '--env-file', envFile, '--accept-terms'],
      ...endpointFlags(broker),
    )
    expect(await profile.cli.mustRun('login', 'neo')).toMatch(/^neo: ready/)
  })

  test('takes a number from abroad', async ({ profile, practise }) => {
    const broker = await practise({ credentials: { mobile_number: '+971501234567' } })
    await profile.addAccount('abroad', broker, { mobile_number: '00971 50 123 4567' })
    expect(await profile.cli.mustRun('login', 'abroad')).toMatch(/^abroad: ready/)
  })

  test('says which address Kotak saw, and warns when it is another than before', async ({
    profile,
    practise,
  }) => {
    const broker = await practise({ seenAs: () => '203.0.113.7' })
    await profile.addAccount('moved', broker)
    const addresses = { seen: '198.51.100.4', registered: [], at: 0, before: null }
    await profile.changeAccount('moved', (account) => ({ ...account, addresses }))

    const moved = await profile.cli.run('login', 'moved')
    expect(moved.code, moved.stderr).toBe(0)
    expect(moved.stderr).toContain('moved: Kotak saw 203.0.113.7; orders must come from there.')
    expect(moved.stderr).toContain('moved: Warning: the login before came from 198.51.100.4.')
    // The token is kept without a question.
    expect((await profile.cli.run('login', 'moved')).stderr).not.toContain('203.0.113.7')
    const report: unknown = JSON.parse(await profile.cli.mustRun('status', 'moved', '--json'))
    expect(Status.parse(report).accounts[0]?.addresses).toMatchObject({
      seen: '203.0.113.7',
      seen_before: '198.51.100.4',
    })
  })

  test('has the doctor tell what Kotak said, and that it has changed', async ({ profile, practise }) => {
    const broker = await practise()
    await profile.addAccount('neo', broker)
    const addresses = { seen: '198.51.100.4', registered: [], at: 0, before: '203.0.113.7' }
    await profile.changeAccount('neo', (account) => ({ ...account, addresses }))
    const { stdout } = await profile.cli.run('doctor', 'neo')
    expect(stdout).toContain('Kotak saw 198.51.100.4; orders must come from there.')
    expect(stdout).toMatch(/Warning: the login before came from 203\.0\.113\.7/)
    const json: unknown = JSON.parse((await profile.cli.run('doctor', 'neo', '--json')).stdout)
    expect(Status.parse(json).accounts[0]?.addresses).toEqual({
      seen: '198.51.100.4',
      seen_before: '203.0.113.7',
      registered: [],
      at: '1970-01-01T00:00:00.000Z',
    })
    expect(broker.requests.filter(({ path }) => path !== '/')).toEqual([])
  })

  test('hands out what programs with sockets want too, and nothing of who the client is', async ({
    profile,
    practise,
  }) => {
    const broker = await practise()
    await profile.addAccount('neo', broker)
    await profile.cli.mustRun('login', 'neo')
    expect(await profile.cli.mustRun('token', 'neo', '--field', 'data_center')).toBe('practice')
    const env = await profile.cli.mustRun('token', 'neo', '--format', 'env')
    expect(env).toMatch(/^export KOTAK_NEO_FEED_URL='ws:/m)
    expect(env).toContain("export KOTAK_NEO_UCC='PRACT'")
    expect(await profile.inKeychain('neo/token/rid')).toMatch(/^\w+$/)
    const told = [
      env,
      JSON.stringify(await profile.state()),
      await profile.cli.mustRun('doctor', 'neo'),
    ].join()
    expect(told).not.toMatch(/PRACT0000P|PRACTICE TRADER/)
  })
})
