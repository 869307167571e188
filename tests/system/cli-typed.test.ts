import { describe, expect } from 'vitest'
import { startKiteConnect } from '../../practice/kite-connect.ts'
import { test } from '../support/cli-test.ts'
import { Outside } from '../support/outside.ts'
import { endpointFlags } from '../support/profile.ts'
import { Terminal } from '../support/terminal.ts'

const PASSWORD = 'typed by a person'
const adding = ['account', 'add', 'zerodha', '--broker', 'kite-connect']

describe.concurrent('at a terminal', () => {
  test('account add asks for what is missing, secrets unseen, and for the terms', async ({ profile }) => {
    const broker = await startKiteConnect({ credentials: { password: PASSWORD } })
    try {
      const { credentials } = broker
      const terminal = new Terminal(profile.env, ...adding, ...endpointFlags(broker))
      const answers: [question: string, answer: string][] = [
        ['API key: ', credentials.api_key],
        ['API secret (not shown): ', credentials.api_secret],
        ['User ID: ', credentials.user_id],
        ['Password (not shown): ', credentials.password],
        ['External TOTP secret (not shown): ', credentials.totp_secret],
        ['Is it the code on your phone? [Y/n] ', ''],
        ['Redirect URL: ', ''],
        ['Type “yes” to go on: ', 'yes'],
        ['Log in now? [Y/n] ', 'n'],
      ]
      for (const [question, answer] of answers) {
        await terminal.shows(question)
        terminal.type(answer)
      }
      expect(await terminal.ended()).toBe(0)
      expect(terminal.shown).toContain('Log in with: tokentray login zerodha')
      for (const secret of [credentials.api_secret, PASSWORD, credentials.totp_secret])
        expect(terminal.sent).not.toContain(secret)
      // A value that is not secret is visible while it is typed.
      expect(terminal.shown).toContain(credentials.user_id)
      expect(await profile.cli.mustRun('login', 'zerodha')).toMatch(/^zerodha: ready/)
    } finally {
      await broker.stop()
    }
  })

  test('Ctrl-C in the middle of the questions adds nothing', async ({ profile, broker }) => {
    const terminal = new Terminal(profile.env, ...adding, '--env-file', await profile.envFile(broker))
    await terminal.shows('Redirect URL: ')
    terminal.type('')
    await terminal.shows('Type “yes” to go on: ')
    terminal.pressCtrlC()
    expect(await terminal.ended()).toBe(130)
    expect(terminal.shown.trimEnd().split('\n').at(-1)).toBe('Cancelled.')
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
    expect(await profile.inKeychain('zerodha/password')).toBeNull()
  })

  test('whoever does not say yes to the terms has no account', async ({ profile, broker }) => {
    const terminal = new Terminal(profile.env, ...adding, '--env-file', await profile.envFile(broker))
    await terminal.shows('Redirect URL: ')
    terminal.type('')
    await terminal.shows('Type “yes” to go on: ')
    terminal.type('well')
    expect(await terminal.ended()).toBe(2)
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
  })

  test('account edit --ask asks unseen', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const terminal = new Terminal(profile.env, 'account', 'edit', 'zerodha', '--ask', 'password')
    await terminal.shows('Password: ')
    terminal.type(PASSWORD)
    expect(await terminal.ended()).toBe(0)
    expect(terminal.sent).not.toContain(PASSWORD)
    expect(await profile.inKeychain('zerodha/password')).toBe(PASSWORD)
  })

  test('a letter that the terminal has lost is not taken for one of a password', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    const terminal = new Terminal(profile.env, 'account', 'edit', 'zerodha', '--ask', 'password')
    await terminal.shows('Password: ')
    terminal.type('p\uFFFDssword')
    expect(await terminal.ended()).toBe(2)
    expect(terminal.shown).toContain('has a letter that is not UTF-8; set the terminal to UTF-8')
    expect(await profile.inKeychain('zerodha/password')).toBe(broker.credentials.password)
  })

  test('an .env file is not taken from the keyboard, where it would be seen', async ({ profile }) => {
    const terminal = new Terminal(profile.env, ...adding, '--env-file', '-')
    expect(await terminal.ended()).toBe(2)
    expect(terminal.shown).toMatch(/env-file - is the terminal, which would show what you type/)
  })
})

describe.concurrent('standard input', () => {
  test('gives the secrets that are asked for, a line each', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const edit = ['account', 'edit', 'zerodha', '--ask', 'password', '--ask', 'api_secret']
    // The last line needs no newline.
    const { code, stderr } = await profile.cli.runWith(`${PASSWORD}\nanother secret`, ...edit)
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('Password') })
    expect(await profile.inKeychain('zerodha/password')).toBe(PASSWORD)
    expect(await profile.inKeychain('zerodha/api_secret')).toBe('another secret')
  })

  test('that has too few of them changes nothing, and says for what there is no line', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    const edit = ['account', 'edit', 'zerodha', '--ask', 'password', '--ask', 'api_secret']
    for (const [input, missing] of [
      ['', 'Password'],
      [`${PASSWORD}\n`, 'API secret'],
    ] as const) {
      const { code, stderr } = await profile.cli.runWith(input, ...edit)
      expect(code).toBe(2)
      expect(stderr).toContain(`standard input has no line for “${missing}”`)
      expect(await profile.inKeychain('zerodha/password')).toBe(broker.credentials.password)
    }
  })

  test.for([
    [
      'a letter that another program has lost',
      'p\uFFFDssword\n',
      /has “\uFFFD” in it.*a letter that was lost/,
    ],
    ['a letter in another encoding', Buffer.from('p\xe4ssword\n', 'latin1'), /is not UTF-8/],
  ] as const)('with %s changes nothing', async ([, input, why], { profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const { code, stderr } = await profile.cli.runWith(
      input,
      ...['account', 'edit', 'zerodha', '--ask', 'password'],
    )
    expect([code, stderr]).toEqual([2, expect.stringMatching(why)])
    expect(stderr).not.toContain('ssword')
    expect(await profile.inKeychain('zerodha/password')).toBe(broker.credentials.password)
  })

  test('gives an .env file', async ({ profile, broker }) => {
    const { credentials } = broker
    const lines = Object.entries(credentials).map(
      ([field, value]) => `KITE_${field.toUpperCase()}='${value}'`,
    )
    const { code } = await profile.cli.runWith(
      lines.join('\n'),
      ...[...adding, '--accept-terms', '--env-file', '-', ...endpointFlags(broker)],
    )
    expect(code).toBe(0)
    expect(await profile.cli.mustRun('login', 'zerodha')).toMatch(/^zerodha: ready/)
  })

  test('can be read for one thing only', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const { code, stderr } = await profile.cli.runWith(
      `KITE_PASSWORD='${PASSWORD}'\n`,
      ...['account', 'edit', 'zerodha', '--env-file', '-', '--totp-from', '-'],
    )
    expect([code, stderr]).toEqual([2, expect.stringContaining('only one thing can come from it')])
    expect(await profile.inKeychain('zerodha/password')).toBe(broker.credentials.password)
  })

  test('gives the address of a webhook, which is tried, kept and forgotten', async ({
    profile,
    onTestFinished,
  }) => {
    const outside = await Outside.start()
    onTestFinished(() => outside.stop())
    const address = `${outside.url}/a-secret-path`
    const on = await profile.cli.runWith(`${address}\n`, 'schedule', 'webhook')
    expect([on.code, on.stdout]).toEqual([0, 'webhook: on. A message to try it has been sent.\n'])
    expect(outside.requests).toEqual(['POST /a-secret-path'])
    expect(on.stdout + on.stderr + JSON.stringify(await profile.state())).not.toContain('a-secret-path')
    expect(await profile.cli.mustRun('schedule', 'webhook', '--off')).toBe('webhook: off')

    outside.stop()
    const unheard = await profile.cli.runWith(`${address}\n`, 'schedule', 'webhook')
    expect([unheard.code, unheard.stdout]).toEqual([4, expect.stringContaining('was not delivered')])
    const nothing = await profile.cli.run('schedule', 'webhook')
    expect([nothing.code, nothing.stdout]).toEqual([2, ''])
    const bot = await profile.cli.runWith('no token\n4711\n', 'schedule', 'telegram')
    expect([bot.code, bot.stdout]).toEqual([2, ''])
    expect(bot.stderr).not.toContain('no token')
  })
})
