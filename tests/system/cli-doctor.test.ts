import { chmod } from 'node:fs/promises'
import { describe, expect, onTestFinished } from 'vitest'
import { z } from 'zod'
import { test } from '../support/cli-test.ts'
import { forwardProxy } from '../support/scripted-proxy.ts'
import { TrayWatcher } from '../support/tray-watcher.ts'

const Doctor = z.object({
  version: z.string(),
  ok: z.boolean(),
  findings: z.array(z.object({ kind: z.string(), message: z.string(), next: z.string() })),
  versions: z.object({
    tokentray: z.string(),
    node: z.string(),
    electron: z.nullable(z.string()),
    electron_running: z.nullable(z.string()),
    system: z.string(),
  }),
  keychain: z.string(),
  keychain_kind: z.enum(['system', 'sealed-file']),
  keychain_advice: z.array(z.string()),
  clock: z.object({
    offset_ms: z.nullable(z.number()),
    measured_at: z.nullable(z.string()),
    synchronised: z.nullable(z.boolean()),
  }),
  time_zone: z.string(),
  display: z.object({ x11: z.nullable(z.string()), wayland: z.nullable(z.string()) }),
  tray_host: z.nullable(z.boolean()),
  state_folder: z.object({ path: z.string(), mode: z.nullable(z.string()) }),
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
      hosts: z.array(
        z.object({
          host: z.string(),
          proxy: z.nullable(z.string()),
          reached: z.boolean(),
          problem: z.nullable(z.object({ kind: z.string(), message: z.string(), next: z.string() })),
        }),
      ),
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
    const time = String.raw`\d+ \w+ \d{4}, \d\d:\d\d:\d\d IST`
    expect((await profile.cli.mustRun('history', 'zerodha')).split('\n')).toEqual([
      expect.stringMatching(`^zerodha: ${time}: obtained by command line$`),
      expect.stringMatching(`^zerodha: ${time}: revoked by command line$`),
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
    expect(stdout).toContain('No keychain found')
    expect(stdout).toContain('zerodha (kite-connect): token none')
  })

  test('says first that all is well, and how the machine stands', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const text = await profile.cli.with({ TZ: 'Asia/Kolkata' }).mustRun('doctor')
    expect(text).toMatch(/^All is well\.\n/)
    // Node keeps the old name of the time zone.
    expect(text).toMatch(/Time zone: Asia\/(Kolkata|Calcutta)/)
    expect(text).toContain('not measured yet')
    expect(text).toContain(`State folder: ${profile.home} (mode 0700)`)
    expect(text).toMatch(/127\.0\.0\.1:\d+: reached in \d+ ms/)
    // The check opens a connection and sends no request.
    expect(broker.requests).toEqual([])
    const { accounts, findings, ok, versions } = Doctor.parse(
      JSON.parse(await profile.cli.mustRun('doctor', '--json')),
    )
    expect({ ok, findings, node: versions.node }).toEqual({
      ok: true,
      findings: [],
      node: process.versions.node,
    })
    expect(accounts[0]?.hosts.map(({ reached }) => reached)).not.toContain(false)
    await profile.cli.mustRun('login', 'zerodha')
    expect(await profile.cli.mustRun('doctor')).toMatch(
      /Clock: \d+\.\d s (behind|ahead of) a broker’s, measured by a login on \d+ \w+ \d{4}, \d\d:\d\d:\d\d IST;/,
    )
  })

  test('says first which host can’t be reached, and ends with 4', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const again = ['--env-file', await profile.envFile(broker)]
    await profile.cli.mustRun(
      'account',
      'edit',
      'zerodha',
      '--endpoint',
      'api=https://broker.invalid',
      ...again,
    )
    const { code, stdout } = await profile.cli.run('doctor')
    expect(code).toBe(4)
    expect(stdout).toMatch(/^First of all: The broker could not be reached at broker\.invalid\./)
    expect(stdout).toMatch(/ {2}broker\.invalid: not reached/)
    expect(stdout).toMatch(/127\.0\.0\.1:\d+: reached in/)
  })

  test('reaches hosts through the account’s proxy and in no other way', async ({ profile, broker }) => {
    const proxy = await forwardProxy()
    await profile.addAccount('zerodha', broker)
    const again = ['--env-file', await profile.envFile(broker)]
    await profile.cli.mustRun('account', 'edit', 'zerodha', '--proxy', proxy.url.origin, ...again)
    await profile.cli.mustRun('doctor')
    expect(new Set(proxy.asked)).toEqual(
      new Set(Object.values(broker.endpoints).map((url) => new URL(url).host)),
    )
    await profile.cli.mustRun('account', 'edit', 'zerodha', '--proxy', 'http://127.0.0.1:1', ...again)
    const { code, stdout } = await profile.cli.run('doctor', '--json')
    expect(code).toBe(4)
    const { accounts, findings } = Doctor.parse(JSON.parse(stdout))
    expect(findings[0]?.message).toContain('The proxy at 127.0.0.1:1')
    expect(accounts[0]?.hosts.map(({ proxy: way, reached }) => [way, reached])).toContainEqual([
      'http://127.0.0.1:1',
      false,
    ])
  })

  test('on a server says what to install, how to unlock it at boot, and what there is instead', async ({
    profile,
  }) => {
    const server = profile.cli.with({
      DBUS_SESSION_BUS_ADDRESS: undefined,
      XDG_RUNTIME_DIR: undefined,
      DISPLAY: undefined,
    })
    const { code, stdout } = await server.run('doctor')
    expect(code).toBe(5)
    expect(stdout).toMatch(/^First of all: No keychain found/)
    for (const words of [
      'sudo apt install gnome-keyring',
      'sudo dnf install gnome-keyring',
      '--unlock',
      'keychain init --sealed-file',
    ])
      expect(stdout).toContain(words)
    expect(stdout).toContain('Display: none')
    expect(stdout).toContain('Tray: not known')
    const report = Doctor.parse(JSON.parse((await server.run('doctor', '--json')).stdout))
    expect([report.tray_host, report.display]).toEqual([null, { x11: null, wayland: null }])
  })

  test('ends with 2 when others may change the state folder', async ({ profile }) => {
    await profile.cli.mustRun('doctor')
    await chmod(profile.home, 0o777)
    const { code, stdout } = await profile.cli.run('doctor')
    expect(code).toBe(2)
    expect(stdout).toMatch(/^First of all: Others on this computer may change the state folder .*chmod 700/)
  })

  test('ends with 2 when there can be no state folder', async ({ profile }) => {
    const file = await profile.write('file', '')
    const places: [home: string, why: string][] = [[`${file}/home`, 'ENOTDIR']]
    // Root may create folders in most places, but not there.
    if (process.platform === 'linux') places.push(['/proc/tokentray', 'ENOENT'])
    for (const [home, why] of places) {
      const { code, stdout } = await profile.cli.with({ TOKENTRAY_HOME: home }).run('doctor')
      expect(code).toBe(2)
      expect(stdout).toContain(`First of all: The state folder ${home} can’t be used (${why}).`)
    }
  })
})

describe('the tray, as the doctor sees it', () => {
  test('is there when something shows icons, and else not', async ({ profile }) => {
    const seen = async (): Promise<unknown> =>
      Doctor.parse(JSON.parse(await profile.cli.mustRun('doctor', '--json'))).tray_host
    expect(await seen()).toBe(false)
    const watcher = await TrayWatcher.start()
    onTestFinished(() => watcher.stop())
    expect(await seen()).toBe(true)
  })
})
