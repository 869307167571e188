import { describe, expect } from 'vitest'
import { startKiteConnect } from '../../practice/kite-connect.ts'
import { MADE_UP_CREDENTIALS } from '../../practice/kite-connect/credentials.ts'
import { codesBetween, codesToCopy } from '../support/authenticator.ts'
import { test } from '../support/cli-test.ts'
import { eventually } from '../support/eventually.ts'
import type { Profile } from '../support/profile.ts'
import { READY } from '../support/ready.ts'
import { Terminal } from '../support/terminal.ts'

const NO_DISPLAY = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined, TMUX: undefined, STY: undefined }
const XTERM = { ...NO_DISPLAY, TERM: 'xterm-256color', TZ: 'Asia/Kolkata' }
const ESC = '\u001b'
const ENTERED = `${ESC}[?1049h`
/** The sequences that restore the screen: lines wrapped, cursor shown, normal buffer. */
const GIVEN_BACK = `${ESC}[?7h${ESC}[?25h${ESC}[0m${ESC}[?1049l`

/** Returns the pattern of the line for an account with a good token. */
const isReady = (name: string): RegExp => new RegExp(`${name} \\(practice\\)  ${READY}`)

const watch = (profile: Profile, env: NodeJS.ProcessEnv = XTERM): Terminal =>
  new Terminal({ ...profile.env, ...env }, 'watch')

/** Returns the texts that were sent to the terminal's clipboard. */
function copied({ sent }: Terminal): string[] {
  const sequence = new RegExp(`${ESC}\\]52;c;([^\\u0007]*)\\u0007`, 'g')
  return [...sent.matchAll(sequence)].map(([, text = '']) => Buffer.from(text, 'base64').toString())
}

describe.concurrent('tokentray watch', () => {
  test('shows an account, logs it in, and copies its token and code', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const from = Date.now()
    const terminal = watch(profile)
    await terminal.shows('zerodha (practice)  No token yet')
    await terminal.shows('log in')
    terminal.press('l')
    await terminal.shows(isReady('zerodha'))
    await terminal.shows('1 of 1 ready')
    terminal.press('t')
    await terminal.shows('The token of zerodha was sent to the terminal’s clipboard')
    terminal.press('c')
    await terminal.shows('code of zerodha was sent to the terminal’s clipboard')
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    const [token = '', code] = copied(terminal)
    expect(broker.accepts({ access_token: token })).toBe(true)
    expect(await codesToCopy(MADE_UP_CREDENTIALS.totp_secret, from)).toContain(code)
    const { password, api_secret, totp_secret } = broker.credentials
    for (const secret of [token, password, api_secret, totp_secret])
      expect(terminal.sent).not.toContain(secret)
    expect(await profile.cli.mustRun('history', 'zerodha')).toMatch(/copied by command line/)
  })

  test('shows the code that an authenticator app shows, second by second', async ({
    profile,
    broker,
    expect,
  }) => {
    await profile.addAccount('zerodha', broker)
    const from = Date.now()
    const terminal = watch(profile)
    const seconds = (): number => new Set(terminal.sent.match(/\d\d? s\b/g)).size
    await eventually(seconds, expect).toBeGreaterThan(2)
    const [, first = '', second = ''] = /(\d{3}) (\d{3})/.exec(terminal.shown) ?? []
    expect(await codesBetween(MADE_UP_CREDENTIALS.totp_secret, from - 1_000, Date.now())).toContain(
      first + second,
    )
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
  })

  test('takes a code that only the user has', async ({ profile }) => {
    const asking = await startKiteConnect({ twofaTypes: ['app_code', 'sms'] })
    try {
      await profile.addAccount('zerodha', asking, { totp_secret: '' })
      const terminal = watch(profile)
      await terminal.shows('No token yet')
      terminal.press('l')
      await terminal.shows('zerodha (practice)  Asks for a code')
      await terminal.shows('Kite app code: ······')
      terminal.press(`${asking.code()}\r`)
      await terminal.shows(isReady('zerodha'))
      terminal.press('q')
      expect(await terminal.ended()).toBe(0)
      expect(asking.loginsCompleted).toBe(1)
    } finally {
      await asking.stop()
    }
  })

  test('goes to the account that is chosen', async ({ profile, broker }) => {
    await profile.addAccount('first', broker)
    await profile.addAccount('second', broker)
    const terminal = watch(profile)
    await terminal.shows('> ○ first')
    terminal.press('j')
    await terminal.shows('> ○ second')
    terminal.press(`${ESC}[A`)
    await terminal.shows('> ○ first', 2)
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
  })

  test('tries a practice account out for whoever has none', async ({ profile }) => {
    const terminal = watch(profile)
    await terminal.shows('No account yet.')
    terminal.press('p')
    await terminal.shows(isReady('practice'))
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    expect(await profile.cli.mustRun('account', 'list')).toBe('practice  kite-connect')
  })

  test('without a keychain lets one practise and keeps nothing', async ({ profile }) => {
    const server = { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined }
    const terminal = watch(profile, { ...XTERM, ...server })
    await terminal.shows('forgets everything at its end')
    await terminal.shows('No account yet.')
    terminal.press('p')
    await terminal.shows(isReady('practice'))
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
  })

  test('says so where the terminal has no clipboard, and sends nothing', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login', 'zerodha')
    const terminal = watch(profile, { ...XTERM, TERM: 'linux' })
    await terminal.shows(isReady('zerodha'))
    terminal.press('t')
    await terminal.shows('This terminal has no clipboard.')
    terminal.press('q')
    await terminal.ended()
    expect(copied(terminal)).toEqual([])
  })

  const endings: [how: string, end: (terminal: Terminal) => void, code: number][] = [
    ['q', (terminal) => terminal.press('q'), 0],
    ['Ctrl-C', (terminal) => terminal.pressCtrlC(), 0],
    ['SIGTERM', (terminal) => terminal.terminate(), 130],
  ]
  test.for(endings)('gives the terminal back after %s', async ([, end, code], { profile }) => {
    const terminal = watch(profile)
    await terminal.shows('No account yet.')
    expect(terminal.sent).toContain(ENTERED)
    expect(terminal.sent).not.toContain(GIVEN_BACK)
    end(terminal)
    expect(await terminal.ended()).toBe(code)
    expect(terminal.sent.endsWith(GIVEN_BACK)).toBe(true)
  })

  test('gives the terminal back while a login is under way, and calls that off', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    broker.fault({ at: 'POST /api/login', kind: 'hang' })
    const terminal = watch(profile)
    await terminal.shows('No token yet')
    terminal.press('l')
    await terminal.shows('Logging in')
    terminal.press('q')
    expect(await terminal.ended()).toBe(0)
    expect(terminal.sent.endsWith(GIVEN_BACK)).toBe(true)
  })

  test('has colours, and none with NO_COLOR', async ({ profile }) => {
    const coloured = new RegExp(`${ESC}\\[(1|2|3\\d)m`)
    for (const [env, hasColours] of [
      [{ ...XTERM, NO_COLOR: undefined }, true],
      [{ ...XTERM, NO_COLOR: '1' }, false],
    ] as const) {
      const terminal = watch(profile, env)
      await terminal.shows('No account yet.')
      terminal.press('q')
      await terminal.ended()
      expect(coloured.test(terminal.sent)).toBe(hasColours)
    }
  })

  test('needs a terminal, and says what there is for scripts', async ({ profile }) => {
    const { code, stdout, stderr } = await profile.cli.with(NO_DISPLAY).run('watch')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('needs a terminal')
    expect(stderr).toContain('tokentray status --json')
    const dumb = watch(profile, { ...XTERM, TERM: 'dumb' })
    expect(await dumb.ended()).toBe(2)
  })
})
