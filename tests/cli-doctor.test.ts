import { describe, expect } from 'vitest'
import { z } from 'zod'
import { test } from './support/cli-test.ts'

const Doctor = z.object({
  version: z.string(),
  keychain: z.string(),
  accounts: z.array(
    z.object({
      name: z.string(),
      last_login: z.nullable(
        z.object({
          result: z.string(),
          lines: z.array(z.object({ step: z.string(), host: z.string(), status: z.nullable(z.number()) })),
        }),
      ),
      history: z.array(z.object({ event: z.string(), by: z.string() })),
    }),
  ),
})

describe.concurrent('tokentray', () => {
  test('remembers when a token came and went, and who wanted it', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    expect(await profile.cli.mustRun('history')).toBe('')
    await profile.cli.mustRun('login', 'zerodha')
    await profile.cli.mustRun('login', 'zerodha')
    await profile.cli.mustRun('logout', 'zerodha')
    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`
    expect((await profile.cli.mustRun('history', 'zerodha')).split('\n')).toEqual([
      expect.stringMatching(`^zerodha: ${time} obtained by command line$`),
      expect.stringMatching(`^zerodha: ${time} revoked by command line$`),
    ])
    expect(JSON.parse(await profile.cli.mustRun('history', '--json'))).toMatchObject({
      events: [
        { account: 'zerodha', event: 'obtained', by: 'command line' },
        { account: 'zerodha', event: 'revoked', by: 'command line' },
      ],
    })
    expect((await profile.cli.run('history', 'nobody')).code).toBe(2)
  })

  test('shows what a login did, and nothing that was said in it', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    broker.fault({ at: 'POST /session/token', kind: 'html-wall', status: 403 })
    expect((await profile.cli.run('login', 'zerodha')).code).toBe(3)
    const report = Doctor.parse(JSON.parse(await profile.cli.mustRun('doctor', '--json')))
    expect(report.keychain).toBe('ok')
    const [account] = report.accounts
    expect(account?.last_login?.result).toBe('bot-wall')
    expect(account?.last_login?.lines.map(({ step, status }) => [step, status])).toEqual([
      ['open', 302],
      ['password', 200],
      ['code', 200],
      ['request-token', 302],
      ['exchange', 403],
    ])

    const text = await profile.cli.mustRun('doctor', 'zerodha')
    expect(text).toContain(`TokenTray ${report.version}`)
    expect(text).toContain('Keychain: ok')
    expect(text).toMatch(/exchange: POST 127\.0\.0\.1:\d+ → 403 page in \d+ ms/)
    for (const value of Object.values(broker.credentials)) expect(text).not.toContain(value)
    expect(text).not.toMatch(/\?|sess_id|request_token=|kf_session/)
  })

  test('says what is wrong with the keychain, and still shows the rest', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const alone = profile.cli.with({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' })
    const { code, stdout } = await alone.run('doctor')
    expect(code).toBe(5)
    expect(stdout).toContain('No system keychain answers')
    expect(stdout).toContain('zerodha (kite-connect): token none')
  })
})
