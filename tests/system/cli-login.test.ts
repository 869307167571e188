import { describe, expect } from 'vitest'
import { startKiteConnect } from '../../practice/kite-connect.ts'
import { codesToCopy } from '../support/authenticator.ts'
import { test } from '../support/cli-test.ts'

const WINDOW_MS = 30_000
const READY = /^zerodha: ready until 06:00( IST)? (today|tomorrow)$/
const NOTHING_SPENT = { password: 0, code: 0 }

describe.concurrent('tokentray', () => {
  test('logs in, shows, hands out and ends a token', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    expect(await profile.cli.mustRun('status')).toBe('zerodha: no token yet')

    const login = await profile.cli.run('login', 'zerodha')
    expect(login.code).toBe(0)
    expect(login.stdout.trimEnd()).toMatch(READY)
    expect(login.stderr).toContain('Checking the password · step 2 of 6')
    expect(await profile.cli.mustRun('status', 'zerodha')).toMatch(READY)
    expect(await profile.cli.mustRun('status', '--probe')).toMatch(READY)

    const token = await profile.cli.mustRun('token', 'zerodha')
    expect(token).toMatch(/^\w{32}$/)
    expect(await profile.cli.mustRun('token', 'zerodha', '--field', 'access_token')).toBe(token)
    expect(await profile.inKeychain('zerodha/token/access_token')).toBe(token)

    expect(await profile.cli.mustRun('logout', 'zerodha')).toContain('revoked')
    expect(await profile.cli.mustRun('status')).toBe('zerodha: no token yet')
    expect(await profile.inKeychain('zerodha/token/access_token')).toBeNull()
    expect(await profile.cli.mustRun('logout', 'zerodha')).toBe('zerodha: there is no token to end.')
  })

  test('asks the broker first and keeps a token that it still accepts', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const first: unknown = JSON.parse(await profile.cli.mustRun('login', 'zerodha', '--json'))
    expect(first).toEqual({ accounts: [{ name: 'zerodha', result: 'obtained' }] })
    const second: unknown = JSON.parse(await profile.cli.mustRun('login', '--json'))
    expect(second).toEqual({ accounts: [{ name: 'zerodha', result: 'kept' }] })
    const token = await profile.cli.mustRun('token', 'zerodha', '--login')
    expect(token).toBe(await profile.cli.mustRun('token', 'zerodha'))
    expect(broker.loginsCompleted).toBe(1)
  })

  test('logs in without Node’s own fetch, whose loading takes longer than a request', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    const tells = await profile.write(
      'tells.cjs',
      `process.on('exit', () => console.error(process.moduleLoadList.some((name) => name.includes('undici'))))`,
    )
    const cli = profile.cli.with({ NODE_OPTIONS: `--require=${tells}` })
    const { code, stderr } = await cli.run('login', 'zerodha')
    expect(code).toBe(0)
    expect(stderr).toMatch(/\nfalse\n$/)
  })

  test('tells the status as JSON', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login')
    expect(JSON.parse(await profile.cli.mustRun('status', '--json'))).toEqual({
      accounts: [
        {
          name: 'zerodha',
          broker: 'kite-connect',
          // A quarter of an hour before six in India the day's token is about to end.
          freshness: expect.stringMatching(/^(?:fresh|expiring)$/),
          expires_at: expect.stringMatching(/T00:30:00/),
          problem: null,
          addresses: null,
        },
      ],
    })
  })

  test('prints the code that an authenticator app shows', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const from = Date.now()
    const code = await profile.cli.mustRun('totp', 'zerodha')
    expect(await codesToCopy(broker.credentials.totp_secret, from)).toContain(code)
  })

  test('ends with 3 without a token', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const { code, stdout, stderr } = await profile.cli.run('token', 'zerodha')
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain('There is no token yet.')
  })

  test('ends with 3 for a token that the broker no longer accepts', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login')
    broker.endSessions()
    expect(await profile.cli.mustRun('status', '--probe')).toBe('zerodha: no longer accepted')
    expect(await profile.cli.run('token', 'zerodha')).toMatchObject({ code: 3, stdout: '' })
  })

  test('sends a wrong password once, and with 6 no more until it is entered anew', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker, { password: 'mistyped' })
    const first = await profile.cli.run('login', 'zerodha')
    expect(first).toMatchObject({ code: 3, stdout: '' })
    expect(first.stderr).toContain('Invalid username or password.')
    const second = await profile.cli.run('login', 'zerodha', '--force', '--json')
    expect(second.code).toBe(6)
    expect(JSON.parse(second.stdout)).toMatchObject({
      accounts: [{ name: 'zerodha', result: 'failed', problem: { kind: 'budget-spent' } }],
    })
    expect(broker.wrongPasswords).toBe(1)

    const envFile = await profile.envFile(broker)
    await profile.cli.mustRun('account', 'edit', 'zerodha', '--env-file', envFile)
    expect((await profile.cli.run('login', 'zerodha')).code).toBe(0)
    expect(broker.wrongPasswords).toBe(1)
  })

  test('says a wrong password again while the old token works', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login')
    const wrong = await profile.envFile(broker, { password: 'mistyped' })
    await profile.cli.mustRun('account', 'edit', 'zerodha', '--env-file', wrong)
    expect((await profile.cli.run('login', '--force')).code).toBe(3)
    const { code, stdout, stderr } = await profile.cli.run('login')
    expect(code).toBe(0)
    expect(stdout.trimEnd()).toMatch(READY)
    expect(stderr).toContain('Invalid username or password.')
    expect(broker.wrongPasswords).toBe(1)
  })

  test('sends two wrong codes, each in a window of its own, and with 6 no more', async ({
    profile,
    onTestFinished,
  }) => {
    // The broker's clock moves a window on with each wrong code, and TokenTray follows it by the Date header.
    let wrongCodes = (): number => 0
    const broker = await startKiteConnect({ now: () => Date.now() + wrongCodes() * WINDOW_MS })
    onTestFinished(() => broker.stop())
    wrongCodes = () => broker.wrongCodes
    await profile.addAccount('zerodha', broker, { totp_secret: 'ANOTHERSECRETAAAANOTHERSECRETAAA' })
    const first = await profile.cli.run('login', 'zerodha')
    expect(first.code).toBe(3)
    expect(first.stderr).toContain('Invalid TOTP')
    expect(broker.wrongCodes).toBe(2)
    const [earlier, later, ...others] = (await profile.account('zerodha')).codesSent
    expect(later).toBeGreaterThan(earlier ?? Infinity)
    expect(others).toEqual([])
    expect((await profile.cli.run('login', 'zerodha')).code).toBe(6)
    expect(broker.wrongCodes).toBe(2)
  })

  test('ends with 4 where no broker answers, which costs no attempt', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await broker.stop()
    const { code, stderr } = await profile.cli.run('login', 'zerodha')
    expect(code).toBe(4)
    expect(stderr).toContain('could not be reached')
    expect((await profile.account('zerodha')).spent).toEqual(NOTHING_SPENT)
  })

  test('ends with 4 at a broker that is down, which costs no attempt', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const down = { kind: 'status', status: 503, body: 'html', times: Infinity } as const
    broker.fault({ ...down, at: 'POST /api/login' })
    expect((await profile.cli.run('login', 'zerodha')).code).toBe(4)
    expect((await profile.account('zerodha')).spent).toEqual(NOTHING_SPENT)
  })

  test('gets over a broker that is down for a moment', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    broker.fault({ kind: 'status', status: 503, body: 'html', at: 'POST /api/login' })
    expect((await profile.cli.run('login', 'zerodha')).code).toBe(0)
  })

  test('ends with 3 at a page that is made against robots', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    broker.fault({ kind: 'html-wall', status: 403, at: 'GET /connect/login' })
    const { code, stderr } = await profile.cli.run('login', 'zerodha')
    expect(code).toBe(3)
    expect(stderr).toContain('Zerodha wants to see a human first.')
  })

  test('logs the others in when one account fails', async ({ profile, broker }) => {
    await profile.addAccount('good', broker)
    await profile.addAccount('bad', broker, { user_id: 'XX0000' })
    const { code, stdout } = await profile.cli.run('login', '--json')
    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      accounts: [
        { name: 'good', result: 'obtained' },
        { name: 'bad', result: 'failed', problem: { kind: 'bad-credentials' } },
      ],
    })
  })
})
