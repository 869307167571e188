import { describe, expect } from 'vitest'
import { startKiteConnect } from '../../practice/kite-connect.ts'
import { test } from '../support/cli-test.ts'

const ROUNDS = 10
const WINDOW_MS = 30_000
const READY = /^zerodha: ready until 06:00( IST)? (today|tomorrow)$/
const WAITING = 'Waiting for another login to end'

describe.concurrent('two that want to log in the same account at the same time', () => {
  test('cause one login, ten times in a row', async ({ profile, onTestFinished }) => {
    // Each round uses a new TOTP window, because the broker takes no code twice. The broker's clock moves at once,
    // and
    // TokenTray follows it by the Date header of the replies.
    let aheadMs = 0
    const broker = await startKiteConnect({ now: () => Date.now() + aheadMs })
    onTestFinished(() => broker.stop())
    await profile.addAccount('zerodha', broker)
    const logIn = async (): Promise<unknown> =>
      JSON.parse(await profile.cli.mustRun('login', 'zerodha', '--json'))
    const ended = (result: string) => ({ accounts: [{ name: 'zerodha', result }] })

    for (let round = 1; round <= ROUNDS; round++) {
      const results = await Promise.all([logIn(), logIn()])
      expect(results, `round ${round}`).toContainEqual(ended('obtained'))
      expect(results, `round ${round}`).toContainEqual(ended('kept'))
      expect(broker.loginsCompleted).toBe(round)
      expect(broker.requests.filter(({ path }) => path === '/api/login')).toHaveLength(round)
      const token = (await profile.inKeychain('zerodha/token/access_token')) ?? ''
      expect(broker.accepts({ access_token: token }), `round ${round}`).toBe(true)
      broker.endSessions()
      aheadMs += WINDOW_MS
    }
    expect(broker.codesSeen).toHaveLength(ROUNDS)
    expect(broker.wrongCodes).toBe(0)
  })

  test('are handed the same token', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const both = await Promise.all([
      profile.cli.mustRun('token', 'zerodha', '--login'),
      profile.cli.mustRun('token', 'zerodha', '--login'),
    ])
    expect(both[0]).toBe(both[1])
    expect(broker.loginsCompleted).toBe(1)
  })

  test('are handed the same token by one login when there are twenty', async ({ profile, broker }) => {
    await profile.addAccount('zerodha', broker)
    const calls = Array.from({ length: 20 }, () => profile.cli.mustRun('token', 'zerodha', '--login'))
    const tokens = new Set(await Promise.all(calls))
    expect(tokens.size).toBe(1)
    expect([broker.loginsCompleted, broker.codesSeen.length]).toEqual([1, 1])
    expect(broker.accepts({ access_token: [...tokens].join() })).toBe(true)
  })

  test('take turns: the second says that it waits, and has its turn when the first gives up', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    broker.fault({ kind: 'hang', at: 'GET /connect/login' })
    const first = profile.cli.start('login', 'zerodha')
    await broker.waitFor('GET /connect/login')
    const second = profile.cli.start('login', 'zerodha')
    await second.said(new RegExp(`^zerodha: ${WAITING}`, 'm'))
    expect(broker.requests).toHaveLength(1)

    first.interrupt()
    const { code, stderr } = await first.ended
    expect(code).toBe(130)
    expect(stderr).not.toContain(WAITING)
    const { stdout } = await second.ended
    expect(stdout.trimEnd()).toMatch(READY)
    expect(broker.loginsCompleted).toBe(1)
  })

  test('are cancelled each for itself: Ctrl-C ends the one that waits and leaves the other alone', async ({
    profile,
    broker,
  }) => {
    await profile.addAccount('zerodha', broker)
    broker.fault({ kind: 'hang', at: 'GET /connect/login' })
    const first = profile.cli.start('login', 'zerodha')
    await broker.waitFor('GET /connect/login')
    const second = profile.cli.start('login', 'zerodha')
    await second.said(new RegExp(WAITING))
    second.interrupt()
    expect((await second.ended).code).toBe(130)
    expect(broker.requests).toHaveLength(1)
    expect((await profile.account('zerodha')).problem).toBeNull()
    first.interrupt()
    expect((await first.ended).code).toBe(130)
  })
})
