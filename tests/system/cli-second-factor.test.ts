import { describe, expect } from 'vitest'
import { startKiteConnect } from '../../practice/kite-connect.ts'
import { test as cliTest, type Fixtures } from '../support/cli-test.ts'
import { Terminal } from '../support/terminal.ts'

const WRONG = '000000'
const QUESTION = 'Kite app code of zerodha: '

/** Adds a broker that asks for the code of its app, and an account without an external TOTP. */
const test = cliTest.extend<Fixtures>({
  broker: async ({}, use) => {
    const broker = await startKiteConnect({ twofaTypes: ['app_code', 'sms'] })
    await use(broker)
    await broker.stop()
  },
  profile: async ({ profile, broker }, use) => {
    await profile.addAccount('zerodha', broker, { totp_secret: '' })
    await use(profile)
  },
})

describe.concurrent('a code that only the user has', () => {
  test('is taken from the command', async ({ profile, broker }) => {
    const { code, stdout } = await profile.cli.run('login', 'zerodha', '--code', broker.code())
    expect(code).toBe(0)
    expect(stdout).toMatch(/^zerodha: ready until/)
    expect(broker.loginsCompleted).toBe(1)
  })

  test('is taken from the command that wants the token', async ({ profile, broker }) => {
    const token = await profile.cli.mustRun('token', 'zerodha', '--login', '--code', broker.code())
    expect(broker.accepts({ access_token: token })).toBe(true)
  })

  test('that is refused ends the login with 3, without a second one', async ({ profile, broker }) => {
    const { code, stdout, stderr } = await profile.cli.run('login', 'zerodha', '--code', WRONG)
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain('Invalid App Code')
    expect(broker.wrongCodes).toBe(1)
  })

  test('that is missing ends a script’s login with 3 and the way to give it', async ({ profile, broker }) => {
    const { code, stderr } = await profile.cli.run('login', 'zerodha')
    expect(code).toBe(3)
    expect(stderr).toContain('Zerodha asks for the Kite app code.')
    expect(stderr).toContain('tokentray login zerodha --code')
    expect(broker.wrongCodes).toBe(0)
    expect((await profile.account('zerodha')).spent).toEqual({ password: 0, code: 0 })
  })

  test.for<[string[], string]>([
    [['login', '--code', '123456'], 'code needs exactly one NAME'],
    [['login', 'zerodha', 'other', '--code', '123456'], 'code needs exactly one NAME'],
    [['login', 'zerodha', '--code', '12x456'], 'code has 4 to 8 digits and nothing else'],
    [['token', 'zerodha', '--code', '123456'], 'code is for a login: add --login'],
  ])('given as in %j is a mistake', async ([args, message], { profile, broker }) => {
    const { code, stderr } = await profile.cli.run(...args)
    expect(code).toBe(2)
    expect(stderr.trimEnd()).toBe(message)
    expect(broker.requests).toEqual([])
  })
})

describe.concurrent('an account with a TOTP secret that Kite does not take', () => {
  test('uses the code that is given', async ({ profile, broker }) => {
    await profile.addAccount('stored', broker)
    const { code, stdout } = await profile.cli.run('login', 'stored', '--code', broker.code())
    expect(code).toBe(0)
    expect(stdout).toMatch(/^stored: ready until/)
    expect([broker.loginsCompleted, broker.wrongCodes]).toEqual([1, 0])
  })

  test('ends in a script without one, and says what can be done', async ({ profile, broker }) => {
    await profile.addAccount('stored', broker)
    const { code, stderr } = await profile.cli.run('login', 'stored')
    expect(code).toBe(3)
    expect(stderr).toContain(
      'Kite asks this account for Kite app code or Kite SMS code, not for external TOTP.',
    )
    expect(broker.requests.some(({ path }) => path === '/api/twofa')).toBe(false)
    expect((await profile.account('stored')).spent).toEqual({ password: 0, code: 0 })
  })

  test('is asked for at a terminal, with a word about external TOTP', async ({ profile, broker }) => {
    await profile.addAccount('stored', broker)
    const terminal = new Terminal(profile.env, 'login', 'stored')
    await terminal.shows('Kite app code of stored: ')
    expect(terminal.shown.replace(/\s+/g, ' ')).toContain('not for external TOTP. Enable external TOTP')
    terminal.type(broker.code())
    expect(await terminal.ended()).toBe(0)
    expect(broker.loginsCompleted).toBe(1)
  })
})

describe.concurrent('at a terminal', () => {
  test('the code is asked for, and asked for again when the broker refuses it', async ({
    profile,
    broker,
  }) => {
    const terminal = new Terminal(profile.env, 'login', 'zerodha')
    await terminal.shows(QUESTION)
    expect(terminal.shown).toContain('In the Kite app on your phone')
    terminal.type(WRONG)
    await terminal.shows('Invalid App Code')
    await terminal.shows(QUESTION, 2)
    terminal.type(broker.code())
    expect(await terminal.ended()).toBe(0)
    expect(terminal.shown).toContain('zerodha  ready until')
    expect(broker.wrongCodes).toBe(1)
  })

  test('a code of the wrong length is asked for again and not sent', async ({ profile, broker }) => {
    const terminal = new Terminal(profile.env, 'token', 'zerodha', '--login')
    await terminal.shows(QUESTION)
    terminal.type('12345')
    await terminal.shows('The Kite app code has 6 digits.')
    terminal.type(broker.code())
    expect(await terminal.ended()).toBe(0)
    expect(broker.wrongCodes).toBe(0)
  })

  test('Ctrl-C in place of the code ends the login with 130, which costs nothing', async ({
    profile,
    broker,
  }) => {
    const terminal = new Terminal(profile.env, 'login', 'zerodha')
    await terminal.shows(QUESTION)
    terminal.pressCtrlC()
    expect(await terminal.ended()).toBe(130)
    expect(broker.wrongCodes).toBe(0)
    expect((await profile.account('zerodha')).spent).toEqual({ password: 0, code: 0 })
  })

  test('what another login has to say does not end up in the question', async ({ profile, broker }) => {
    const other = await startKiteConnect({ credentials: { user_id: 'AA0001' } })
    await profile.addAccount('other', other)
    // The login pauses before its retry, so its messages come after the question has appeared.
    other.fault({ kind: 'status', status: 503, body: 'html', at: 'POST /api/login', times: 2 })
    const terminal = new Terminal(profile.env, 'login')
    await terminal.shows(/other {2}ready until/)
    await terminal.shows(QUESTION)
    const lines = terminal.shown.split('\n')
    expect(lines.at(-1)).toBe(QUESTION)
    expect(lines.filter((line) => line.includes('other  ready until'))).toHaveLength(1)
    terminal.type(broker.code())
    expect(await terminal.ended()).toBe(0)
    await other.stop()
  })
})
