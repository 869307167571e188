import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { test as cliTest, type Fixtures } from '../support/cli-test.ts'
import { Profile } from '../support/profile.ts'
import { ask } from '../support/programs.ts'
import { credential, makeSealed, PASSPHRASE, SERVER } from '../support/sealed.ts'
import { Terminal } from '../support/terminal.ts'

const OTHER = 'another six words for the next'

const sealedFile = (profile: Profile): string => path.join(profile.home, 'keychain.sealed')

/** Adds a profile on such a server. */
const test = cliTest.extend<Pick<Fixtures, 'profile'>>({
  profile: async ({}, use) => {
    const profile = await Profile.create(SERVER)
    await use(profile)
    await profile.remove()
  },
})

describe.concurrent('a server without a keychain', () => {
  test('is not given a sealed one without being asked for', async ({ profile, broker }) => {
    const envFile = await profile.envFile(broker)
    const adding = [
      'account',
      'add',
      'zerodha',
      '--broker',
      'kite-connect',
      '--accept-terms',
      '--env-file',
      envFile,
    ]
    const cli = profile.cli.with(await credential(profile))
    const { code, stderr } = await cli.run(...adding)
    expect(code).toBe(5)
    expect(stderr).toContain('tokentray keychain init --sealed-file')
    expect(await readdir(profile.home)).not.toContain('keychain.sealed')
  })

  test('keeps secrets in a sealed file and logs in with them', async ({ profile, broker }) => {
    await makeSealed(profile)
    expect((await stat(sealedFile(profile))).mode & 0o777).toBe(0o600)
    const served = Profile.in(profile, await credential(profile))
    await served.addAccount('zerodha', broker)
    expect(await served.cli.mustRun('login', 'zerodha')).toMatch(/^zerodha: ready until/)
    const token = await served.cli.mustRun('token', 'zerodha')
    expect(broker.accepts({ access_token: token })).toBe(true)
    // Gives the passphrase by a descriptor instead of the credential.
    const given = await profile.cli.runWith(PASSPHRASE, 'token', 'zerodha', '--passphrase-fd', '0')
    expect([given.code, given.stdout.trim()]).toEqual([0, token])
    for (const name of await readdir(profile.home, { recursive: true })) {
      const file = path.join(profile.home, name)
      if ((await stat(file)).isDirectory()) continue
      const text = await readFile(file, 'latin1')
      for (const secret of [token, PASSPHRASE, broker.credentials.password, broker.credentials.totp_secret])
        expect([name, text.includes(secret)]).toEqual([name, false])
    }
  })

  test('ends with 5 without the passphrase and with a wrong one, and sends nothing', async ({
    profile,
    broker,
  }) => {
    await makeSealed(profile)
    await Profile.in(profile, await credential(profile)).addAccount('zerodha', broker)
    const nobody = await profile.cli.run('login', 'zerodha')
    expect([nobody.code, nobody.stderr]).toEqual([5, expect.stringContaining('--passphrase-fd N')])
    const wrong = await profile.cli.runWith('a wrong passphrase', 'login', 'zerodha', '--passphrase-fd', '0')
    expect([wrong.code, wrong.stderr]).toEqual([
      5,
      expect.stringContaining('does not open the sealed keychain'),
    ])
    expect(broker.requests).toEqual([])
  })

  test('takes no passphrase from an argument or the environment', async ({ profile }) => {
    await makeSealed(profile)
    const argument = await profile.cli.run('keychain', 'status', '--passphrase', PASSPHRASE)
    expect(argument.code).toBe(2)
    expect(argument.stderr).toContain('which other programs can see')
    expect(argument.stderr).not.toContain(PASSPHRASE)
    const names = ['TOKENTRAY_PASSPHRASE', 'PASSPHRASE', 'TOKENTRAY_KEYCHAIN_PASSPHRASE']
    const env = Object.fromEntries(names.map((name) => [name, PASSPHRASE]))
    expect((await profile.cli.with(env).run('keychain', 'status')).code).toBe(5)
  })

  test('asks a person for a new passphrase twice, unseen, and then once', async ({ profile }) => {
    const making = new Terminal(profile.env, 'keychain', 'init', '--sealed-file')
    await making.shows('New passphrase (not shown): ')
    making.type(PASSPHRASE)
    await making.shows('The same again (not shown): ')
    making.type(PASSPHRASE)
    await making.shows('The sealed keychain is made')
    expect(await making.ended()).toBe(0)
    const looking = new Terminal(profile.env, 'keychain', 'status')
    await looking.shows('Passphrase of the sealed keychain (not shown): ')
    looking.type(PASSPHRASE)
    await looking.shows('It is open and works.')
    expect(await looking.ended()).toBe(0)
    expect(making.sent + looking.sent).not.toContain(PASSPHRASE)
  })

  test('makes nothing of a passphrase that is short, or not the same twice', async ({ profile }) => {
    const short = await profile.cli.runWith(
      'short',
      'keychain',
      'init',
      '--sealed-file',
      '--passphrase-fd',
      '0',
    )
    expect([short.code, short.stderr]).toEqual([2, expect.stringContaining('is too short')])
    const making = new Terminal(profile.env, 'keychain', 'init', '--sealed-file')
    await making.shows('New passphrase (not shown): ')
    making.type(PASSPHRASE)
    await making.shows('The same again (not shown): ')
    making.type(OTHER)
    expect(await making.ended()).toBe(2)
    expect(making.shown).toContain('was not the same twice')
    expect(await readdir(profile.home)).not.toContain('keychain.sealed')
  })

  test('opens with a changed passphrase and no longer with one from before', async ({ profile }) => {
    await makeSealed(profile)
    const changing = new Terminal(
      { ...profile.env, ...(await credential(profile)) },
      'keychain',
      'change-passphrase',
    )
    await changing.shows('New passphrase (not shown): ')
    changing.type(OTHER)
    await changing.shows('The same again (not shown): ')
    changing.type(OTHER)
    await changing.shows('The passphrase is changed.')
    expect(await changing.ended()).toBe(0)
    // Gives the old and the new passphrase by a descriptor each, as a script does.
    const files = [await profile.write('old', OTHER), await profile.write('new', PASSPHRASE)]
    const change = 'keychain change-passphrase --passphrase-fd 3 --new-passphrase-fd 4 3<"$1" 4<"$2"'
    const program = path.join(import.meta.dirname, '../../dist/cli.js')
    const again = await ask('sh', ['-c', `'${program}' ${change}`, 'sh', ...files], profile.env)
    expect(again).toContain('The passphrase is changed.')
    const status = (passphrase: string) =>
      profile.cli.runWith(passphrase, 'keychain', 'status', '--passphrase-fd', '0')
    expect((await status(PASSPHRASE)).code).toBe(0)
    expect((await status(OTHER)).code).toBe(5)
  })

  test('is told that nothing was copied when accounts are there already', async ({ profile, broker }) => {
    const desktop = Profile.in(profile, {
      DBUS_SESSION_BUS_ADDRESS: process.env['DBUS_SESSION_BUS_ADDRESS'],
      XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'],
    })
    await desktop.addAccount('zerodha', broker)
    const { stdout } = await profile.cli.runWith(
      PASSPHRASE,
      'keychain',
      'init',
      '--sealed-file',
      '--passphrase-fd',
      '0',
    )
    expect(stdout).toContain('Nothing was copied into it')
    expect(await desktop.inKeychain('zerodha/password')).toBe(broker.credentials.password)
    const login = await desktop.cli.with(await credential(profile)).run('login', 'zerodha')
    expect([login.code, login.stderr]).toEqual([3, expect.stringContaining('is not stored')])
  })
})
