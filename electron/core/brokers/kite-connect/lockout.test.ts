import { afterEach, describe, expect, test } from 'vitest'
import { startKiteConnect, type KiteConnectPractice } from '../../../../practice/kite-connect.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { domain } from '../../../../tests/support/harness.ts'
import { LoginEngine } from '../../login/engine.ts'

const running: KiteConnectPractice[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((broker) => broker.stop()))
})

/** Starts a practice broker with an account `kite`; `typed` holds the user's wrong values. */
async function morningWith(typed: Readonly<Record<string, string>> = {}) {
  const parts = domain()
  const broker = await startKiteConnect({ now: () => parts.clock.now() })
  running.push(broker)
  const add = (name: string): Promise<void> =>
    parts.accounts.add({
      name,
      brokerId: 'kite-connect',
      values: { ...broker.credentials, ...typed },
      endpoints: broker.endpoints,
      acceptTerms: true,
    })
  await add('kite')
  return { ...parts, broker, add }
}

describe('however often the user presses “Log in”', () => {
  test.each([
    ['password', { password: 'not it' }, { wrongPasswords: 1, wrongCodes: 0 }],
    [
      'TOTP secret',
      { totp_secret: 'WRONGWRONGWRONGWRONGWRONGWRONGWR' },
      { wrongPasswords: 0, wrongCodes: 2 },
    ],
  ])('a wrong %s stays far from the five that lock the account', async (_what, typed, counts) => {
    const parts = await morningWith(typed)
    const { broker, clock } = parts
    for (let press = 0; press < 8; press++) {
      // Restarts each time, because spent attempts are in the state, not in the engine.
      const failure = loginFailure(new LoginEngine(parts).login('kite', { force: press % 2 === 1 }))
      // The second code waits for its window, and the next try comes five seconds into that window.
      await Promise.race([failure, clock.untilWaitingFor(25_000)])
      clock.advance(30_000)
      await failure
    }
    expect({ wrongPasswords: broker.wrongPasswords, wrongCodes: broker.wrongCodes }).toEqual(counts)
  })
})

test('a code that a gateway gave up on (504) may have been judged: it counts as spent', async () => {
  const { engine, broker, account } = await morningWith()
  broker.fault({ at: 'POST /api/twofa', kind: 'status', status: 504, body: 'html' })
  await loginFailure(engine.login('kite'))
  expect(account('kite').spent.code).toBe(1)
})

test('two accounts of the same person never send the same code', async () => {
  const { engine, broker, add, clock } = await morningWith()
  await add('kite-too')
  expect(await engine.login('kite')).toBe('obtained')
  const second = engine.login('kite-too')
  const outcome = second.catch((error: unknown) => error)
  await Promise.race([clock.untilWaitingFor(25_000), outcome])
  clock.advance(25_000)
  expect(await outcome).toBe('obtained')
  expect(broker.wrongCodes).toBe(0)
})

test('an attempt is in the saved state by the time the broker sees it', async () => {
  const { engine, broker, store } = await morningWith()
  const controller = new AbortController()
  for (const [route, spent] of [
    ['POST /api/login', { password: 1, code: 0 }],
    ['POST /api/twofa', { password: 0, code: 1 }],
  ] as const) {
    broker.fault({ at: route, kind: 'hang' })
    const seen = broker.waitFor(route)
    const login = engine.login('kite', { signal: controller.signal }).catch((error: unknown) => error)
    await seen
    expect(store.saved.at(-1)?.accounts[0]?.spent).toEqual(spent)
    engine.cancel('kite')
    await login
    await store.update((state) => ({
      ...state,
      accounts: state.accounts.map((account) => ({ ...account, spent: { password: 0, code: 0 } })),
    }))
  }
})
