import { describe, expect, test } from 'vitest'
import { inputErrors, loginFailure } from '../../../tests/support/failure.ts'
import {
  gate,
  type Gate,
  madeUpDomain,
  madeUpTokens,
  madeUpValues,
  untilAborted,
} from '../../../tests/support/made-up-broker.ts'
import { LoginError } from '../errors.ts'
import type { HttpRequest } from '../ports.ts'
import type { LoginContext } from '../brokers/broker.ts'
import { LOGIN_DEADLINE_MS } from '../concurrency/deadline.ts'

const request: HttpRequest = { method: 'GET', url: new URL('https://made-up.example/login') }

/** A domain whose logins go as far as their one request and stay there until the test answers. */
async function slowLogin() {
  const flights: Gate[] = []
  const arrivals: { count: number; resolve: () => void }[] = []
  const parts = await madeUpDomain({
    login: async (context) => {
      await context.http.send(request)
      return madeUpTokens
    },
    answer: async (_request, signal) => {
      const flight = gate()
      flights.push(flight)
      for (const { count, resolve } of arrivals) if (flights.length >= count) resolve()
      await Promise.race([flight.opened, untilAborted(signal)])
      return { status: 200, headers: new Headers(), body: '' }
    },
  })
  const underWay = (count = 1): Promise<void> => {
    const { opened, open } = gate()
    if (flights.length >= count) open()
    else arrivals.push({ count, resolve: () => open() })
    return opened
  }
  const answer = (): void => flights.at(-1)?.open()
  return { ...parts, underWay, answer }
}

describe('callers at the same time', () => {
  test('share one login', async () => {
    const { engine, underWay, answer, sent } = await slowLogin()
    const logins = [engine.login('main'), engine.login('main'), engine.login('main', { force: true })]
    await underWay()
    answer()
    expect(await Promise.all(logins)).toEqual(['obtained', 'obtained', 'obtained'])
    expect(sent).toHaveLength(1)
  })

  test('share its failure', async () => {
    const { engine, account } = await madeUpDomain({
      login: () => Promise.reject(new LoginError('broker-down')),
    })
    const logins = [engine.login('main'), engine.login('main')].map(loginFailure)
    expect((await Promise.all(logins)).map(({ kind }) => kind)).toEqual(['broker-down', 'broker-down'])
    expect(account().problem?.kind).toBe('broker-down')
  })

  test('are not cancelled by one who leaves', async () => {
    const { engine, underWay, answer } = await slowLogin()
    const leaver = new AbortController()
    const leaving = loginFailure(engine.login('main', { signal: leaver.signal }))
    const staying = engine.login('main')
    await underWay()
    leaver.abort()
    expect((await leaving).kind).toBe('cancelled')
    answer()
    expect(await staying).toBe('obtained')
  })

  test('are cancelled when the last of them leaves', async () => {
    const { engine, underWay, tokens, account } = await slowLogin()
    const [one, two] = [new AbortController(), new AbortController()]
    const logins = [one, two].map(({ signal }) => loginFailure(engine.login('main', { signal })))
    await underWay()
    one.abort()
    two.abort()
    expect((await Promise.all(logins)).map(({ kind }) => kind)).toEqual(['cancelled', 'cancelled'])
    await settled(engine)
    expect(tokens.freshness('main')).toBe('none')
    expect(account().problem).toBe(null)
  })

  test('are all cancelled at the user’s word', async () => {
    const { engine, underWay } = await slowLogin()
    const logins = [engine.login('main'), engine.login('main')].map(loginFailure)
    await underWay()
    engine.cancel('main')
    expect((await Promise.all(logins)).map(({ kind }) => kind)).toEqual(['cancelled', 'cancelled'])
  })

  test('who cancels a login that is over does not reach the next one', async () => {
    const { engine, underWay, answer, sent } = await slowLogin()
    const controller = new AbortController()
    const login = engine.login('main', { signal: controller.signal })
    await underWay()
    answer()
    await login
    const next = engine.login('main', { force: true })
    await underWay(2)
    controller.abort()
    answer()
    expect(await next).toBe('obtained')
    expect(sent).toHaveLength(2)
  })
})

describe('after a cancelled login', () => {
  test('a caller starts afresh, also while the old one still ends', async () => {
    const { engine, underWay, answer, sent } = await slowLogin()
    const first = loginFailure(engine.login('main'))
    await underWay()
    engine.cancel('main')
    const second = engine.login('main')
    await underWay(2)
    answer()
    expect((await first).kind).toBe('cancelled')
    expect(await second).toBe('obtained')
    expect(sent).toHaveLength(2)
  })

  test('two callers who came while it still ended share the new one', async () => {
    const { engine, underWay, answer, sent } = await slowLogin()
    const first = loginFailure(engine.login('main'))
    await underWay()
    engine.cancel('main')
    const others = [engine.login('main'), engine.login('main')]
    await underWay(2)
    answer()
    await first
    expect(await Promise.all(others)).toEqual(['obtained', 'obtained'])
    expect(sent).toHaveLength(2)
  })

  test('a caller who leaves before it has ended starts none', async () => {
    const { engine, underWay, answer, sent } = await slowLogin()
    const first = loginFailure(engine.login('main'))
    await underWay()
    engine.cancel('main')
    const controller = new AbortController()
    const second = engine.login('main', { signal: controller.signal })
    controller.abort()
    const outcome = loginFailure(second)
    await first
    // A login that was started all the same is let through, so that this test ends either way.
    await Promise.race([outcome.catch(() => undefined), underWay(2)])
    answer()
    expect((await outcome).kind).toBe('cancelled')
    expect(sent).toHaveLength(1)
  })
})

describe('a login', () => {
  test('that is cancelled before it began sends nothing', async () => {
    const { engine, sent } = await slowLogin()
    const error = await loginFailure(engine.login('main', { signal: AbortSignal.abort() }))
    expect(error.kind).toBe('cancelled')
    expect(sent).toHaveLength(0)
  })

  test('of an unknown account is refused at once', async () => {
    const { engine } = await slowLogin()
    expect(await inputErrors(() => engine.login('other'))).toHaveProperty('name')
  })

  test('has a deadline', async () => {
    const { engine, underWay, clock, account } = await slowLogin()
    const login = loginFailure(engine.login('main'))
    await underWay()
    clock.advance(LOGIN_DEADLINE_MS - 1)
    expect(engine.progress.has('main')).toBe(true)
    clock.advance(1)
    expect((await login).kind).toBe('timeout')
    expect(account().problem?.kind).toBe('timeout')
  })

  test('of one account does not wait for another’s', async () => {
    const parts = await slowLogin()
    const { engine, accounts, underWay, sent } = parts
    const values = { ...madeUpValues, user_id: 'CD5678' }
    await accounts.add({ name: 'other', brokerId: 'made-up', values, endpoints: {}, acceptTerms: true })
    const logins = [engine.login('main'), engine.login('other')].map(loginFailure)
    await underWay(2)
    expect(sent).toHaveLength(2)
    engine.cancel('main')
    engine.cancel('other')
    await Promise.all(logins)
  })

  test('shows its progress while it runs and none afterwards', async () => {
    const seen: (string | undefined)[] = []
    const { engine } = await madeUpDomain({
      login: (context: LoginContext) => {
        context.report('login')
        return Promise.resolve(madeUpTokens)
      },
    })
    const stop = engine.onProgress(() => seen.push(engine.progress.get('main')?.label))
    await engine.login('main')
    expect([...new Set(seen)]).toEqual(['Logging in', 'Trying the access token', undefined])
    stop()
    await engine.login('main', { force: true })
    expect(seen.at(-1)).toBe(undefined)
    expect(engine.progress.size).toBe(0)
  })
})

/** Resolves once no login is under way: one that was left by all still has to end. */
async function settled(engine: Awaited<ReturnType<typeof slowLogin>>['engine']): Promise<void> {
  if (engine.progress.size === 0) return
  const { opened, open } = gate()
  const stop = engine.onProgress(() => {
    if (engine.progress.size === 0) open()
  })
  await opened
  stop()
}

test('a token that has ended by the broker’s clock is not tried, though ours is slow', async () => {
  const probes: number[] = []
  const { clock, offset, engine } = await madeUpDomain({
    probe: () => {
      probes.push(clock.now())
      return Promise.resolve()
    },
  })
  await engine.login('main')
  const tenMinutes = 10 * 60_000
  clock.advance(55 * 60_000)
  offset.observe('https://broker.example', clock.now() + tenMinutes, clock.now(), clock.now())
  expect(await engine.login('main')).toBe('obtained')
  // The one try of each new token, and none of the old one.
  expect(probes).toHaveLength(2)
})
