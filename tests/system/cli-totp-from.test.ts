import { describe, expect } from 'vitest'
import { codesBetween, codesToCopy } from '../support/authenticator.ts'
import { test } from '../support/cli-test.ts'
import { endpointFlags } from '../support/profile.ts'
import { Terminal } from '../support/terminal.ts'
import { exported, qrPicture, secret, zerodha } from '../support/totp-files.ts'

describe.concurrent('--totp-from', () => {
  test('gives a new account its TOTP secret, and the login works', async ({ profile, broker }) => {
    const { totp_secret } = broker.credentials
    const address = `otpauth://totp/Zerodha:${broker.credentials.user_id}?secret=${totp_secret}`
    const picture = qrPicture(profile, address, 'qr.jpg')
    await profile.cli.mustRun(
      ...['account', 'add', 'main', '--broker', 'kite-connect', '--accept-terms', ...endpointFlags(broker)],
      ...['--env-file', await profile.envFile(broker, { totp_secret: '' }), '--totp-from', picture],
    )
    expect(await profile.inKeychain('main/totp_secret')).toBe(totp_secret)
    expect(await profile.cli.mustRun('login', 'main')).toMatch(/^main: ready/)
  })

  test('goes before the one in a .env file, and comes from standard input too', async ({
    profile,
    broker,
  }) => {
    const { code } = await profile.cli.runWith(
      zerodha,
      ...['account', 'add', 'main', '--broker', 'kite-connect', '--accept-terms', ...endpointFlags(broker)],
      ...['--env-file', await profile.envFile(broker), '--totp-from', '-'],
    )
    expect(code).toBe(0)
    expect(await profile.inKeychain('main/totp_secret')).toBe(secret)
  })

  test('chooses from an export by the label, and asks for it when there are several', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('main', broker)
    const edit = ['account', 'edit', 'main', '--totp-from', await profile.write('export', exported)]
    const refusals: [label: string[], sentence: RegExp][] = [
      [[], /^totp-label is missing; choose one of “Mail: me@example.com”, “Zerodha: AB1234”/],
      [['--totp-label', 'AB'], /^totp-label fits none; choose one of/],
    ]
    for (const [label, sentence] of refusals) {
      const { code, stderr } = await profile.cli.run(...edit, ...label)
      expect(code).toBe(2)
      expect(stderr).toMatch(new RegExp(sentence, 'm'))
    }
    expect(await profile.inKeychain('main/totp_secret')).toBe(broker.credentials.totp_secret)
    await profile.cli.mustRun(...edit, '--totp-label', 'AB1234')
    expect(await profile.inKeychain('main/totp_secret')).toBe(secret)
    await profile.cli.mustRun(...edit, '--totp-label=Mail: me@example.com')
    expect(await profile.inKeychain('main/totp_secret')).not.toBe(secret)
  })

  test('shows the code before it is stored', async ({ profile, broker }) => {
    await profile.addAccount('main', broker)
    const from = Date.now()
    const file = await profile.write('a note', `Zerodha\n${secret}`)
    const { code, stdout, stderr } = await profile.cli.run('account', 'edit', 'main', '--totp-from', file)
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'main is changed.\n' })
    const [, shown = ''] = /^TOTP secret: Zerodha {3}(\d{3} \d{3}) {3}\(\d+ s left\)$/m.exec(stderr) ?? []
    expect(await codesBetween(secret, from, Date.now())).toContain(shown.replace(' ', ''))
    expect(stderr).toMatch(/^Compare with your authenticator app/m)
    expect(await profile.inKeychain('main/totp_secret')).toBe(secret)
  })

  test('at a terminal stores it only when the code is confirmed', async ({ profile, broker }) => {
    await profile.addAccount('main', broker)
    const file = await profile.write('secret', secret)
    const answers: [answer: string, code: number, kept: string][] = [
      ['no', 2, broker.credentials.totp_secret],
      ['', 2, broker.credentials.totp_secret],
      ['yes', 0, secret],
    ]
    for (const [answer, code, kept] of answers) {
      const terminal = new Terminal(profile.env, 'account', 'edit', 'main', '--totp-from', file)
      await terminal.shows('Type “yes” if it does: ')
      expect(terminal.shown).toMatch(/TOTP secret: without a name {3}\d{3} \d{3}/)
      terminal.type(answer)
      expect(await terminal.ended()).toBe(code)
      expect(await profile.inKeychain('main/totp_secret')).toBe(kept)
    }
  })

  test('chooses by number where names do not tell, as the preview proposes', async ({ profile, broker }) => {
    await profile.addAccount('main', broker)
    const older = zerodha.replace(secret, 'JBSWY3DPEHPK3PXP')
    const file = await profile.write('twice', `${older}\n${zerodha}`)
    const said = await profile.cli.mustRun('account', 'import', file)
    expect(said).toMatch(/^ {2}1\. Zerodha: AB1234 {3}\d.*\n {2}2\. Zerodha: AB1234 {3}\d/m)
    const [, option = ''] = /^Next: .* (--totp-\S+)$/m.exec(said) ?? []
    expect(option).toBe('--totp-number=1')
    const edit = ['account', 'edit', 'main', '--totp-from', file]
    await profile.cli.mustRun(...edit, option)
    expect(await profile.inKeychain('main/totp_secret')).toBe('JBSWY3DPEHPK3PXP')
    await profile.cli.mustRun(...edit, '--totp-number', '2')
    expect(await profile.inKeychain('main/totp_secret')).toBe(secret)
    const refusals: [options: string[], sentence: RegExp][] = [
      [['--totp-number', '3'], /^totp-number is one of 1 to 2/],
      [['--totp-number', 'two'], /^totp-number is one of 1 to 2/],
      [['--totp-label', 'AB1234'], /^totp-label fits several: .*--totp-number/],
    ]
    for (const [options, sentence] of refusals) {
      const { code, stderr } = await profile.cli.run(...edit, ...options)
      expect(code).toBe(2)
      expect(stderr).toMatch(new RegExp(sentence, 'm'))
    }
  })

  test('makes the codes of a secret that is longer than any, beside others', async ({ profile, broker }) => {
    const long = 'JBSWY3DP'.repeat(13)
    const list = [
      `otpauth://totp/Long:me?secret=${long}`,
      `otpauth://totp/Longer:me?secret=${long.repeat(5)}`,
      zerodha,
    ]
    const file = await profile.write('list', list.join('\n'))
    const said = await profile.cli.mustRun('account', 'import', file)
    expect(said).toMatch(
      /1\. Long: me .*\n.*2\. Zerodha: AB1234 .*\n {2}Left out: “Longer: me” has a secret that is longer/,
    )
    await profile.addAccount('main', broker)
    await profile.cli.mustRun('account', 'edit', 'main', '--totp-from', file, '--totp-label', 'me')
    const from = Date.now()
    const code = await profile.cli.mustRun('totp', 'main')
    expect(await codesToCopy(long, from)).toContain(code)
  })

  test('refuses what is of no use, and adds nothing', async ({ profile, broker }) => {
    const envFile = await profile.envFile(broker)
    const add = [
      'account',
      'add',
      'main',
      '--broker',
      'kite-connect',
      '--accept-terms',
      '--env-file',
      envFile,
    ]
    const cases: [args: string[], sentence: RegExp][] = [
      [['--totp-from', zerodha], /^arguments have an otpauth address/],
      [[`--totp-from=${zerodha}`], /^arguments have an otpauth address/],
      [['--set', `totp_secret=${zerodha}`], /^arguments have an otpauth address/],
      [['--totp-from', secret], /^totp-from can’t be read: there is no such file \(ENOENT\)/],
      [['--totp-from', envFile], /^totp-from is a \.env file/],
      [['--totp-from', '-'], /^import found neither/],
      [['--totp-label', 'AB1234'], /^totp-label is for --totp-from/],
      [['--totp-number', '1'], /^totp-number is for --totp-from/],
    ]
    for (const [args, sentence] of cases) {
      const { code, stderr } = await profile.cli.run(...add, ...args)
      expect(code).toBe(2)
      expect(stderr).toMatch(new RegExp(sentence, 'm'))
      expect(stderr).not.toContain('GEZD')
    }
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
  })
})
