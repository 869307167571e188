import { chmod, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { startPracticeBroker } from '../../practice/start.ts'
import { test } from '../support/cli-test.ts'
import { eventually } from '../support/eventually.ts'
import { endpointFlags } from '../support/profile.ts'
import { Terminal } from '../support/terminal.ts'

const ESC = '\u001b'
/** Returns the lines that a terminal of `columns` shows at the end. */
const shownLines = (terminal: Terminal): string[] => terminal.shown.trimEnd().split('\n')

describe.concurrent('the command line on a terminal', () => {
  test('shows a table in colour, and plain lines elsewhere', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.addAccount('second-account', broker)
    await profile.cli.mustRun('login', 'zerodha')
    const terminal = new Terminal(profile.env, 'status')
    expect(await terminal.ended()).toBe(0)
    const [sum, head, first, second] = shownLines(terminal)
    expect(sum).toMatch(/^[12] of 2 ready/)
    expect(head?.trim().split(/ {2,}/)).toEqual(['NAME', 'BROKER', 'STATE', 'UNTIL'])
    expect(first).toMatch(/zerodha {8,}Zerodha Kite Connect {2}(Ready|Ends in)/)
    expect(first?.indexOf('Zerodha Kite')).toBe(second?.indexOf('Zerodha Kite'))
    expect(terminal.sent).toContain(`${ESC}[`)

    const grey = new Terminal({ ...profile.env, NO_COLOR: '1' }, 'status')
    expect(await grey.ended()).toBe(0)
    expect(grey.sent).not.toContain(`${ESC}[`)
    expect(grey.shown).toContain('BROKER')

    const plain = await profile.cli.mustRun('status')
    expect(plain).not.toContain(ESC)
    expect(plain).toMatch(/^zerodha: ready until .*\nsecond-account: /)
  })

  test('logs in with one living line, of which nothing is left', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const terminal = new Terminal(profile.env, 'login')
    expect(await terminal.ended()).toBe(0)
    expect(terminal.sent).toMatch(/\S · step \d of 6/)
    expect(terminal.shown.trim()).toMatch(/^[●◐] zerodha {2}ready until \d\d:\d\d( IST)? \w+$/)
  })

  // Node warns from the eleventh listener on.
  test('many accounts bring no warning of Node’s', async ({ profile, onTestFinished }) => {
    // Without codes, of which each would have to wait for its own half minute.
    const samco = await startPracticeBroker('samco')
    onTestFinished(() => samco.stop())
    const names = Array.from({ length: 12 }, (_, index) => `account-${index}`)
    for (const name of names) await profile.addAccount(name, samco)
    const login = await profile.cli.run('login')
    const probed = await profile.cli.run('status', '--probe')
    for (const { code, stdout, stderr } of [login, probed]) {
      expect(code).toBe(0)
      expect(stdout.split('\n').filter((line) => line.includes(': ready'))).toHaveLength(names.length)
      expect(stderr).not.toMatch(/Warning|EventTarget|listeners/)
    }
  })

  test('account remove asks for the name', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const kept = new Terminal(profile.env, 'account', 'remove', 'zerodha')
    await kept.shows('Type the account’s name to remove it: ')
    kept.type('yes')
    expect(await kept.ended()).toBe(2)
    expect(kept.shown).toContain('Nothing is removed.')
    expect(await profile.cli.mustRun('account', 'list')).toBe('zerodha  kite-connect')

    const removed = new Terminal(profile.env, 'account', 'remove', 'zerodha')
    await removed.shows('Type the account’s name to remove it: ')
    removed.type('zerodha')
    expect(await removed.ended()).toBe(0)
    expect(await profile.cli.mustRun('account', 'list')).toBe('')

    await profile.addAccount('other', broker)
    const sure = new Terminal(profile.env, 'account', 'remove', 'other', '--yes')
    expect(await sure.ended()).toBe(0)
  })

  test('account add asks a wrong answer again, shows the code and logs in', async ({ profile, broker }) => {
    const { credentials } = broker
    const terminal = new Terminal(
      profile.env,
      ...['account', 'add', 'zerodha', '--broker', 'kite-connect', ...endpointFlags(broker)],
    )
    const answers: [question: string, answer: string, count?: number][] = [
      ['API key: ', credentials.api_key],
      ['API secret (not shown): ', credentials.api_secret],
      ['User ID: ', 'me'],
      ['User ID has 6 to 12 letters and digits', ''],
      ['User ID: ', credentials.user_id, 2],
      ['Password (not shown): ', credentials.password],
      ['External TOTP secret (not shown): ', '123456'],
      ['External TOTP secret (not shown): ', credentials.totp_secret, 2],
      ['Is it the code on your phone? [Y/n] ', 'y'],
      ['Redirect URL: ', ''],
      ['Type “yes” to go on: ', 'yes'],
      ['Log in now? [Y/n] ', ''],
    ]
    for (const [question, answer, count] of answers) {
      await terminal.shows(question, count)
      if (!question.startsWith('User ID has')) terminal.type(answer)
    }
    expect(await terminal.ended()).toBe(0)
    expect(terminal.shown).toMatch(/Its code now: \d{3} \d{3} {3}\(\d+ s left\)/)
    expect(await profile.cli.mustRun('status')).toMatch(/^zerodha: ready/)
  })

  test('a problem is gone with the next probe that the broker answers', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login')
    // The token still works, and the login that is forced does not get through.
    broker.fault({ at: 'GET /connect/login', kind: 'reset', times: 4 })
    expect((await profile.cli.run('login', '--force')).code).toBe(4)
    expect(await profile.cli.mustRun('status')).toContain('could not be reached')
    expect(await profile.cli.mustRun('status', '--probe')).toMatch(/^zerodha: ready until [^\n]*$/)
  })

  test('a password that was refused is named with the broker’s words, also the next time', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker, { password: 'not the one' })
    const first = await profile.cli.run('login')
    expect(first.code).toBe(3)
    const words = /Zerodha says: “(.+)”/.exec(first.stderr)?.[1] ?? ''
    expect(words).not.toBe('')
    for (const again of [1, 2]) {
      const { code, stderr } = await profile.cli.run('login')
      expect([again, code]).toEqual([again, 6])
      expect(stderr).toMatch(
        /^zerodha: Zerodha refused this password on \d+ \w+ at \d\d:\d\d IST\. TokenTray won’t/m,
      )
      expect(stderr).toContain(`Zerodha says: “${words}”`)
      expect(stderr).toContain('Run: tokentray account edit zerodha --ask password')
    }
  })
})

describe.concurrent('tokentray copy', () => {
  test('copies the token by the desktop’s program, and notes it', async ({ profile, broker, expect }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login')
    const copied = path.join(profile.folder, 'copied')
    const program = path.join(profile.folder, 'wl-copy')
    await writeFile(program, `#!/bin/sh\ncat > '${copied}'\n`)
    await chmod(program, 0o755)
    const PATH = `${profile.folder}:${profile.env['PATH'] ?? ''}`
    const desktop = profile.cli.with({ PATH, WAYLAND_DISPLAY: 'made-up', DISPLAY: undefined })
    const { code, stdout, stderr } = await desktop.run('copy', 'zerodha')
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toBe('Token of zerodha copied · clears in 30 s\n')
    await eventually(() => readFile(copied, 'utf8'), expect).toBe(
      await profile.cli.mustRun('token', 'zerodha'),
    )
    expect(await profile.cli.mustRun('history')).toMatch(/copied by command line$/)
    await desktop.mustRun('copy', 'zerodha', '--format', 'header')
    await eventually(() => readFile(copied, 'utf8'), expect).toMatch(/^Authorization: token /)
  })

  test('refuses where there is no clipboard, and says what to do instead', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login')
    const server = profile.cli.with({ WAYLAND_DISPLAY: undefined, DISPLAY: undefined })
    const { code, stderr } = await server.run('copy', 'zerodha')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^No clipboard here: .* Or print it: tokentray token zerodha$/m)
    const curl = await server.run('copy', 'zerodha', '--format', 'curl')
    expect(curl.stderr).toMatch(/Or print it: tokentray token zerodha --format curl$/m)
    const { stderr: wrong } = await server.run('copy', 'zerodha', '--code', '--format', 'curl')
    expect(wrong).toContain('is for the token, not for --code')
  })
})

describe.concurrent('a mistyped call', () => {
  test.each([
    [['statsu'], 'Unknown command “statsu”. Did you mean “status”? See: tokentray help'],
    [['rm', 'x'], 'Unknown command “rm”. Did you mean “account remove”? See: tokentray help'],
    [['account', 'ad'], 'Unknown command “account ad”. Did you mean “account add”?'],
    [['login', '--forse'], 'Unknown option --forse. Did you mean “--force”?'],
    [['schedule', 'at'], 'Which time? As in: tokentray schedule at 08:30'],
    [['exec', 'kite'], 'Which command? As in: tokentray exec NAME -- python3 strategy.py'],
  ])('%j is answered with what was meant', async (args, line) => {
    const { Profile } = await import('../support/profile.ts')
    const profile = await Profile.create()
    const { code, stderr } = await profile.cli.run(...args)
    expect(code).toBe(2)
    expect(stderr.split('\n')[0]).toBe(line)
    await profile.remove()
  })
})
