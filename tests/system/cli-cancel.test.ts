import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { test } from '../support/cli-test.ts'

const WINDOW_MS = 30_000

describe.concurrent('Ctrl-C', () => {
  test('ends a login that hangs at the broker with 130', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    broker.fault({ kind: 'hang', at: 'POST /api/login' })
    const login = profile.cli.start('login', 'zerodha')
    await broker.waitFor('POST /api/login')
    login.interrupt()
    expect(await login.ended).toMatchObject({ code: 130, stdout: '' })
    // Whether the broker counted the attempt is unknown.
    expect((await profile.account('zerodha')).spent).toEqual({ password: 1, code: 0 })
  })

  test('ends a login that waits for the next code with 130, which costs no attempt', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    const nextWindow = Math.floor(Date.now() / WINDOW_MS) + 1
    await profile.changeAccount('zerodha', (account) => ({ ...account, codesSent: [nextWindow] }))
    const login = profile.cli.start('login', 'zerodha')
    await login.said(/Waiting for the next TOTP code/)
    login.interrupt()
    expect((await login.ended).code).toBe(130)
    expect((await profile.account('zerodha')).spent).toEqual({ password: 0, code: 0 })
    expect(broker.codesSeen).toEqual([])
  })

  test('ends a probe that hangs with 130, and leaves what is known of the token', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    await profile.cli.mustRun('login')
    broker.fault({ kind: 'hang', at: 'GET /user/profile' })
    const status = profile.cli.start('status', '--probe')
    await broker.waitFor('GET /user/profile', 2)
    status.interrupt()
    expect((await status.ended).code).toBe(130)
    expect((await profile.account('zerodha')).token?.seen).toBe('accepted')
  })

  test('ends watching the code, which is what it is for', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const watching = profile.cli.start('totp', 'zerodha', '--watch')
    await watching.said(/^zerodha {2}\d{3} \d{3}$/m)
    watching.interrupt()
    expect((await watching.ended).code).toBe(0)
  })

  test.for<[what: string, args: string[]]>([
    ['account import', ['account', 'import', 'PIPE']],
    ['account edit --env-file', ['account', 'edit', 'zerodha', '--env-file', 'PIPE']],
    ['account edit --totp-from', ['account', 'edit', 'zerodha', '--totp-from', 'PIPE']],
  ])('ends %s of a named pipe that stays silent', async ([, args], { profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const before = await profile.state()
    const pipe = path.join(profile.folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const call = profile.cli.start(...args.map((arg) => (arg === 'PIPE' ? pipe : arg)))
    await call.hasOpen(pipe)
    call.interrupt()
    expect(await call.ended).toMatchObject({ code: 130, stdout: '' })
    expect(await profile.state()).toEqual(before)
  })

  test('ends a logout that hangs at the broker, and the token stays', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const token = await profile.cli.mustRun('token', 'zerodha', '--login')
    broker.fault({ kind: 'hang', at: 'DELETE /session/token' })
    const logout = profile.cli.start('logout', 'zerodha')
    // A long wait must not be silent.
    await logout.said(/^zerodha: Asking Zerodha Kite Connect to end the token$/m)
    logout.interrupt()
    expect(await logout.ended).toMatchObject({ code: 130, stdout: '' })
    expect(await profile.cli.mustRun('token', 'zerodha')).toBe(token)
  })
})
