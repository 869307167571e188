import { describe, expect } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../practice/kite-connect.ts'
import { test as cliTest } from '../support/cli-test.ts'
import { endpointFlags, type Profile } from '../support/profile.ts'
import { Terminal } from '../support/terminal.ts'

const PASSPHRASE = 'six words of a dice are enough'

/** Adds a server of somebody else's, which would take what it is sent. */
const test = cliTest.extend<{ readonly other: KiteConnectPractice }>({
  other: async ({}, use) => {
    const other = await startKiteConnect()
    await use(other)
    await other.stop()
  },
})

/** Writes another server's addresses into the state file, as a program that may write there can. */
const redirect = (profile: Profile, { endpoints }: KiteConnectPractice): Promise<void> =>
  profile.changeAccount('zerodha', (account) => ({ ...account, endpoints: { ...endpoints } }))

describe.concurrent('secrets of an account', () => {
  test('H2: go to no address that stands in a changed state file, and to the old one again', async ({
    profile,
    broker,
    other,
  }) => {
    await profile.addAccount('zerodha', broker)
    const { endpoints } = await profile.account('zerodha')
    await profile.cli.mustRun('login', 'zerodha')
    const binding = await profile.inKeychain('zerodha/bound-to')
    expect(binding).toContain(`web ${broker.endpoints.web}/`)
    expect(JSON.stringify(await profile.state())).not.toContain('bound')
    await redirect(profile, other)
    for (const command of [
      ['login', 'zerodha'],
      ['login', 'zerodha', '--force'],
    ]) {
      const { code, stderr } = await profile.cli.run(...command)
      expect([code, stderr]).toEqual([3, expect.stringContaining('Nothing was sent')])
      expect(stderr).toContain('tokentray account edit zerodha --ask')
    }
    expect(await profile.cli.mustRun('logout', 'zerodha')).toContain(
      'not sent to the account’s changed addresses',
    )
    expect(other.requests).toEqual([])
    await profile.changeAccount('zerodha', (account) => ({ ...account, endpoints }))
    expect(await profile.cli.mustRun('login', 'zerodha')).toMatch(/^zerodha: ready/)
  })

  test('H2, another way: in a sealed file are bound in it too', async ({ profile, broker, other }) => {
    const sealed = (...args: string[]) => profile.cli.runWith(PASSPHRASE, ...args, '--passphrase-fd', '0')
    expect((await sealed('keychain', 'init', '--sealed-file')).code).toBe(0)
    const file = await profile.envFile(broker)
    const adding = [
      'account',
      'add',
      'zerodha',
      '--broker',
      'kite-connect',
      '--accept-terms',
      '--env-file',
      file,
    ]
    expect((await sealed(...adding, ...endpointFlags(broker))).code).toBe(0)
    await redirect(profile, other)
    const { code, stderr } = await sealed('login', 'zerodha')
    expect([code, stderr]).toEqual([3, expect.stringContaining('Nothing was sent')])
    expect(other.requests).toEqual([])
  })

  test('H2, another way: are wanted again by account edit with another address', async ({
    profile,
    broker,
    other,
  }) => {
    await profile.addAccount('zerodha', broker)
    const edit = ['account', 'edit', 'zerodha', ...endpointFlags(other)]
    const refused = await profile.cli.run(...edit)
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/has to be entered again.*Run this on a terminal.*--env-file/),
    ])
    expect((await profile.account('zerodha')).endpoints).toEqual(broker.endpoints)
    await profile.cli.mustRun(...edit, '--env-file', await profile.envFile(other))
    expect(await profile.cli.mustRun('login', 'zerodha')).toMatch(/^zerodha: ready/)
    expect(broker.requests).toEqual([])
  })

  test('H2, another way: are asked for again at a terminal', async ({ profile, broker, other }) => {
    await profile.addAccount('zerodha', broker)
    const terminal = new Terminal(profile.env, 'account', 'edit', 'zerodha', ...endpointFlags(other))
    const { api_secret, password, totp_secret } = other.credentials
    for (const [question, answer] of [
      ['API secret (not shown): ', api_secret],
      ['Password (not shown): ', password],
      ['External TOTP secret (not shown): ', totp_secret],
    ] as const) {
      await terminal.shows(question)
      terminal.type(answer)
    }
    expect(await terminal.ended()).toBe(0)
    expect(terminal.sent).not.toContain(password)
    expect(await profile.cli.mustRun('login', 'zerodha')).toMatch(/^zerodha: ready/)
  })
})
