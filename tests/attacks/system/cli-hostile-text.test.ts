import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { LoginError } from '../../../electron/core/errors.ts'
import type { State } from '../../../electron/core/state/state.ts'
import { startKotakNeo } from '../../../practice/kotak-neo.ts'
import { test } from '../../support/cli-test.ts'
import type { Profile } from '../../support/profile.ts'
import { makeCertificate, tlsBefore } from '../../support/tls-front.ts'
import type { Ended } from '../../support/command-line.ts'

/** What would act upon a terminal, in 7 and 8 bits: clipboard, screen, title, cursor, overwriting, text turned around. */
const STEERING =
  '\x1b]52;c;cm0gLXJmIC8=\x07 \x9d52;c;eA==\x9c \x1b[2J\x9b2J \x1b]0;title\x1b\\ \x1bP$q"p\x1b\\ a\rb\b\u202ec\u2066'

const acts = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/

function expectInert({ stdout, stderr }: Ended): void {
  expect(stdout).not.toMatch(acts)
  expect(stderr).not.toMatch(acts)
}

/** Writes a state file as a restored backup or another program may leave it. */
async function writeState({ home }: Profile, state: State): Promise<void> {
  await writeFile(path.join(home, 'state.json'), JSON.stringify(state))
}

describe.concurrent('M3: no sequence reaches the terminal', () => {
  test('L3: from a state file: names, settings, addresses, problems', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const state = await profile.state()
    const [account = expect.unreachable()] = state.accounts
    const problem = {
      ...new LoginError('network').toProblem(Date.now()),
      message: `Of ${STEERING}.`,
      brokerWords: STEERING,
      next: STEERING,
    }
    const damaged = {
      ...account,
      name: `z${STEERING}`,
      settings: { ...account.settings, user_id: STEERING },
      problem,
      addresses: { seen: STEERING, registered: [STEERING], at: Date.now(), before: STEERING },
    }
    await writeState(profile, { ...state, accounts: [{ ...account, problem }, damaged] })
    for (const call of [
      ['status'],
      ['status', '--json'],
      ['account', 'list'],
      ['account', 'list', '--json'],
      ['account', 'show', 'zerodha'],
      ['schedule', 'status'],
      ['doctor'],
      ['history'],
    ]) {
      const ended = await profile.cli.run(...call)
      expectInert(ended)
    }
    const { stdout } = await profile.cli.run('status')
    expect(stdout).toContain('zerodha')
    expect(stdout).toContain('z\uFFFD')
    expect(stdout).toContain('Of  ]52;c;cm0gLXJmIC8=')
  })

  test('from the history, whose every event is one line', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const event = { at: Date.now(), account: `a${STEERING}\nzerodha: forged`, event: 'copied', by: 'tray' }
    await writeFile(path.join(profile.home, 'history.jsonl'), `${JSON.stringify(event)}\n`)
    const ended = await profile.cli.run('history')
    expectInert(ended)
    expect(ended.stdout.split('\n')).toEqual([expect.stringContaining('zerodha: forged'), ''])
    expectInert(await profile.cli.run('history', '--json'))
  })

  test('from a broker’s refusal', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const value = { status: 'error', message: `No ${STEERING}`, error_type: STEERING, data: null }
    broker.fault({ kind: 'json', at: 'POST /api/login', status: 403, value })
    const ended = await profile.cli.run('login', 'zerodha')
    expectInert(ended)
    expect(ended.stderr).toContain('Zerodha says: “No')
    expectInert(await profile.cli.run('doctor'))
  })

  test('from the user whom a token is said to be of', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const value = { status: 'success', data: { access_token: 'x'.repeat(32), user_id: STEERING } }
    broker.fault({ kind: 'json', at: 'POST /session/token', status: 200, value })
    const ended = await profile.cli.run('login', 'zerodha')
    expectInert(ended)
    expect(ended.stderr).toContain('Its token was not kept')
    for (const call of [['status'], ['doctor'], ['history']]) expectInert(await profile.cli.run(...call))
  })

  test('M3, another way: from the issuer of a certificate that is not trusted', async ({
    profile,
    broker,
  }) => {
    const certificate = await makeCertificate(profile.folder, 'Trust \x1b]52;c;eA==\x07\u202eme')
    const front = await tlsBefore(Number(new URL(broker.endpoints.web).port), certificate)
    const address = `https://127.0.0.1:${String(front.port)}`
    await profile.addAccount('kite', { ...broker, endpoints: { web: address, api: address } })
    const ended = await profile.cli.run('login', 'kite')
    expectInert(ended)
    expect(ended.stderr).toMatch(/Trust .*me/)
    expectInert(await profile.cli.run('doctor'))
  })

  test('M3, another way: from an address that is imported', async ({ profile }) => {
    const label = encodeURIComponent(`Zerodha${STEERING}:AB1234${STEERING}`)
    const text = `otpauth://totp/${label}?secret=JBSWY3DPEHPK3PXP&issuer=${encodeURIComponent(STEERING)}`
    const file = await profile.write('import.txt', `${text}\n`)
    const ended = await profile.cli.run('account', 'import', file)
    expectInert(ended)
    expect(`${ended.stdout}${ended.stderr}`).toContain('AB1234')
  })

  test('M3, another way: from the public address that a broker says it sees', async ({ profile }) => {
    const broker = await startKotakNeo()
    try {
      await profile.addAccount('neo', broker)
      const data = [{ ip: `203.0.113.9${STEERING}`, time: STEERING }]
      const value = { data, stCode: 1000, status: 'success' }
      broker.fault({ kind: 'json', at: 'GET /login/1.0/get-client-ip', status: 200, value })
      expectInert(await profile.cli.run('login', 'neo'))
      for (const call of [['status'], ['account', 'show', 'neo'], ['doctor']])
        expectInert(await profile.cli.run(...call))
    } finally {
      await broker.stop()
    }
  })

  test('from a call’s own arguments and environment', async ({ profile }) => {
    const steering = STEERING.replaceAll('\0', '')
    for (const call of [[steering], ['login', steering], ['account', 'add', 'x', '--broker', steering]]) {
      const ended = await profile.cli.run(...call)
      expect(ended.code).toBe(2)
      expectInert(ended)
    }
  })

  test('L3: from a name at Tab: what a shell may act upon is not offered', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const state = await profile.state()
    const [account = expect.unreachable()] = state.accounts
    const names = ['$(touch RAN)', 'a;b', '`x`', STEERING, '-f', 'zerodha']
    await writeState(profile, { ...state, accounts: names.map((name) => ({ ...account, name })) })
    expect((await profile.cli.run('completion', 'accounts')).stdout).toBe('zerodha\n')
  })
})
