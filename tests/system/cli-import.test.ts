import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect } from 'vitest'
import { startUpstox } from '../../practice/upstox.ts'
import { codesBetween } from '../support/authenticator.ts'
import { exportAddress } from '../support/authenticator-export.ts'
import { test } from '../support/cli-test.ts'
import type { Profile } from '../support/profile.ts'
import { bytes, exported, qrPicture, secret, zerodha } from '../support/totp-files.ts'

/** An address that is broken into two lines, in the middle of its secret. */
const folded = `otpauth://totp/Zerodha:AB1234?secret=${secret.slice(0, 20)}\n${secret.slice(20)}`

/** Writes a file in the “ANSI” code page of Windows. */
async function latin1(profile: Profile, text: string): Promise<string> {
  const file = await profile.write('ansi.env', '')
  await writeFile(file, text, 'latin1')
  return file
}

/** Returns an import's output, which must show the current code. */
async function preview(profile: Profile, ...args: string[]): Promise<string> {
  const from = Date.now()
  const said = await profile.cli.mustRun('account', 'import', ...args)
  const [, shown = ''] = /AB1234 {3}(\d{3} \d{3}) {3}\(\d+ s left\)/.exec(said) ?? []
  expect(await codesBetween(secret, from, Date.now())).toContain(shown.replace(' ', ''))
  expect(said).not.toMatch(/GEZD/)
  return said
}

describe.concurrent('tokentray account import', () => {
  test('shows the code of an address in a text file, and the command that comes next', async ({
    profile,
  }) => {
    const file = await profile.write('from zerodha.txt', `${zerodha}\n`)
    const said = await preview(profile, file)
    expect(said).toContain('Zerodha: AB1234')
    expect(said).toContain(`--totp-from '${file}'`)
    expect(said).toMatch(/^Next: tokentray account add NAME --broker \S+ --totp-from/m)
  })

  test('reads QR codes from PNG and JPEG files, whatever they are called', async ({ profile }) => {
    const jpeg = qrPicture(profile, zerodha, 'photo.jpg', '-rotate', '20', '-quality', '60')
    expect(await preview(profile, jpeg)).toContain('Zerodha: AB1234')
    const png = qrPicture(profile, exported, 'screenshot.png', '-negate')
    expect(await preview(profile, png)).toContain('Zerodha: AB1234')
    const nameless = await profile.write('nameless', '')
    execFileSync('cp', [png, nameless])
    expect(await preview(profile, nameless)).toContain('Zerodha: AB1234')
  })

  test('lists an export, tells what it leaves out, and names one in the next command', async ({
    profile,
  }) => {
    const said = await preview(profile, await profile.write('export', exported))
    expect(said).toContain('TOTP secrets found: 2')
    expect(said).toMatch(/Left out: “Game: counts” makes codes by counting/)
    expect(said).toMatch(/^Next: .* --totp-label=me@example.com$/m)
  })

  test('says how much of a larger export is there', async ({ profile }) => {
    const part = exportAddress([{ secret: bytes, name: 'AB1234' }], { size: 3, index: 2 })
    expect(await preview(profile, await profile.write('export', part))).toMatch(/3 QR codes.*1 .*here/)
  })

  test('says which brokers a .env file is for, what it has and what it lacks', async ({ profile }) => {
    const text = `KITE_USER_ID=AB1234\nKITE_PASSWORD=hunter2 hunter2\nKITE_TOTP_SECRET=${secret}\nKITE_API_KEY=key`
    const file = await profile.write('.env', text)
    const said = await profile.cli.mustRun('account', 'import', file)
    expect(said).toMatch(/Zerodha Kite Connect\n {2}found: KITE_API_KEY, .*\n {2}missing: KITE_API_SECRET\n/)
    expect(said).toMatch(/TOTP code: \d{3} \d{3}/)
    expect(said).toContain(`tokentray account add NAME --broker kite-connect --env-file ${file}`)
    expect(said).not.toMatch(/hunter2|GEZD/)
  })

  test('shows what is not used, what may be meant, and what a missing TOTP secret means', async ({
    profile,
  }) => {
    const text = `ZERODHA_USER_ID=AB1234\nkite_password=made-up\nKITE_2FA_TOTP_SECRET=${secret}\nLOG_LEVEL=1`
    const said = await profile.cli.mustRun('account', 'import', await profile.write('.env', text))
    expect(said).toMatch(/^For Zerodha Kite web session\n {2}found: ZERODHA_USER_ID, kite_password$/m)
    expect(said).toMatch(/no TOTP secret \(KITE_TOTP_SECRET\) in it: each login would ask you for the code/)
    expect(said).toMatch(/^Not used: KITE_2FA_TOTP_SECRET \(did you mean KITE_TOTP_SECRET\?\), LOG_LEVEL$/m)
    expect(said).not.toMatch(/made-up|GEZD/)
  })

  test('reads standard input', async ({ profile }) => {
    const png = await readFile(qrPicture(profile, zerodha, 'qr.png'))
    for (const input of [zerodha, exported, png]) {
      const { code, stdout } = await profile.cli.runWith(input, 'account', 'import', '-')
      expect(code).toBe(0)
      expect(stdout).toContain('Zerodha: AB1234')
    }
  })

  test('keeps nothing', async ({ profile }) => {
    await preview(profile, await profile.write('address', zerodha))
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
  })

  test('ends at Ctrl-C while standard input goes on', async ({ profile }) => {
    const call = profile.cli.startOpen('account', 'import', '-')
    await call.type('x'.repeat(300_000))
    call.interrupt()
    expect((await call.ended).code).toBe(130)
  })

  test('refuses with exit code 2 and a sentence what it can’t use', async ({ profile }) => {
    const folder = profile.folder
    const cases: [args: string[], sentence: RegExp][] = [
      [[zerodha], /^arguments have an otpauth address.*other programs/],
      [[exported], /^arguments have an otpauth address/],
      [[secret], /^FILE can’t be read: there is no such file \(ENOENT\)/],
      [[folder], /^FILE can’t be read: it is a folder \(EISDIR\)/],
      [[], /^Which account\?/],
      [[qrPicture(profile, 'https://example.com', 'other.png')], /^picture has a QR code.*not that/],
      [[qrPicture(profile, zerodha, 'qr.webp')], /^picture is WebP, which is neither PNG nor JPEG/],
      [[await profile.write('words', 'my zerodha totp key')], /^import found neither/],
      [[await profile.write('wrapped', folded)], /^otpauth is followed by letters.*one line/],
      [[await profile.write('aegis', '{"header":{},"db":"x"}')], /^import can’t open .* Aegis/],
      [[await profile.write('prose', 'hunter2 is my secret')], /^import found neither/],
      [
        [await profile.write('others', 'ALICE_PASSWORD=hunter2')],
        /^import found neither .* It has ALICE_PASSWORD, which are not known/,
      ],
      [
        [await latin1(profile, 'KITE_USER_ID=AB1234\nKITE_PASSWORD=hunter2\xe4')],
        /^file is not UTF-8: line 2/,
      ],
      [[await profile.write('cut', exported.slice(0, -9))], /^otpauth-migration is damaged/],
      [[await profile.write('digits', `${zerodha}&digits=8`)], /^otpauth makes other codes/],
      [['/dev/zero'], /^import stopped: .*10 MB/],
    ]
    for (const [args, sentence] of cases) {
      const { code, stdout, stderr } = await profile.cli.run('account', 'import', ...args)
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(new RegExp(sentence, 'm'))
      expect(stderr).not.toMatch(/GEZD|hunter2/)
    }
  })
})

describe.concurrent('an account from a .env file', () => {
  test('says what of it is not used, and that it has no TOTP secret', async ({ profile }) => {
    const text = 'KITE_USER_ID=AB1234\nKITE_PASSWORD=made-up\nKITE_2FA_TOTP_SECRET=x\nLOG_LEVEL=1'
    const file = await profile.write('.env', text)
    const add = ['account', 'add', 'kw', '--broker', 'kite-web', '--accept-terms', '--env-file', file]
    const { code, stderr } = await profile.cli.run(...add)
    expect(code).toBe(0)
    expect(stderr).toContain('Not used: KITE_2FA_TOTP_SECRET (did you mean KITE_TOTP_SECRET?), LOG_LEVEL')
    expect(stderr).toMatch(
      /kw has no TOTP secret, so each login asks you for a code.*edit kw --ask totp_secret/,
    )
  })

  test('is refused, and nothing kept, where a secret in it can’t be told for sure', async ({ profile }) => {
    const add = ['account', 'add', 'kw', '--broker', 'kite-web', '--accept-terms', '--env-file']
    for (const [file, sentence] of [
      [
        await latin1(profile, 'KITE_USER_ID=EF9012\r\nKITE_PASSWORD=p\xe4ssword\r\n'),
        /^env-file is not UTF-8: line 2/,
      ],
      [
        await profile.write('hash', 'KITE_USER_ID=AB1234\nKITE_PASSWORD=p#ssword'),
        /line 2: KITE_PASSWORD .*“#”/,
      ],
      [
        await profile.write('name', 'KITE_USER_ID=AB1234\nKITE_PASSWORD=${HOME}'),
        /line 2: it uses \$\{HOME\}/,
      ],
      [
        await profile.write('twice', 'KITE_USER_ID=AB1234\nKITE_PASSWORD=a\nZERODHA_PASSWORD=b'),
        /KITE_PASSWORD and ZERODHA_PASSWORD \(line 3\)/,
      ],
    ] as const) {
      const { code, stderr } = await profile.cli.run(...add, file)
      expect(code).toBe(2)
      expect(stderr).toMatch(new RegExp(sentence, 'm'))
      expect(stderr).not.toContain('ssword')
    }
    expect(await profile.cli.mustRun('account', 'list')).toBe('')
  })

  test('may be UTF-16, also on standard input', async ({ profile }) => {
    const text = Buffer.from(
      `\uFEFFKITE_USER_ID=AB1234\r\nKITE_PASSWORD=pässwörd\r\nKITE_TOTP_SECRET=${secret}`,
      'utf16le',
    )
    const add = ['account', 'add', 'kw', '--broker', 'kite-web', '--accept-terms', '--env-file', '-']
    expect((await profile.cli.runWith(text, ...add)).code).toBe(0)
    expect(await profile.cli.mustRun('account', 'show', 'kw')).toMatch(/totp_secret: stored/)
  })
})

describe.concurrent('an .env file of upstox-totp', () => {
  test('adds an account as it is, and the login works', async ({ profile }) => {
    const broker = await startUpstox()
    try {
      const { credentials } = broker
      const lines = Object.entries(credentials).map(
        ([field, value]) => `UPSTOX_${field.toUpperCase()}=${value}`,
      )
      const text = [
        '# Upstox',
        ...lines,
        'UPSTOX_PASSWORD=not used',
        'UPSTOX_DEBUG=true',
        'UPSTOX_SLEEP_TIME=100',
      ]
      const file = await profile.write('.env', text.join('\n'))
      expect(await profile.cli.mustRun('account', 'import', file)).toMatch(/^For Upstox\n(?!.*missing)/)
      await profile.cli.mustRun(
        ...['account', 'add', 'upstox', '--broker', 'upstox', '--accept-terms', '--env-file', file],
        ...Object.entries(broker.endpoints).flatMap(([key, url]) => ['--endpoint', `${key}=${url}`]),
      )
      expect(await profile.cli.mustRun('login', 'upstox')).toMatch(/^upstox: ready/)
    } finally {
      await broker.stop()
    }
  })
})
