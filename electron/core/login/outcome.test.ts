import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import {
  emptyReply,
  gate,
  madeUpDomain,
  madeUpTokens,
  untilAborted,
} from '../../../tests/support/made-up-broker.ts'
import { tokenKey, type Account } from '../state/account.ts'
import { withAccount } from '../state/state.ts'
import { LoginError } from '../errors.ts'
import type { HttpRequest } from '../ports.ts'
import { totpWindow } from '../totp/code.ts'
import type { LoginContext, TokenBundle } from '../brokers/broker.ts'

const to = (path: string): HttpRequest => ({ method: 'GET', url: new URL(path, 'https://made-up.example') })

/** A login with a password, a code and an exchange, one request each. */
async function fullLogin(context: LoginContext): Promise<TokenBundle> {
  await context.spendPassword('password')
  await context.http.send(to('/password'))
  context.accepted('password')
  await context.spendCode()
  await context.http.send(to('/code'))
  context.accepted('code')
  await context.http.send(to('/exchange'))
  return madeUpTokens
}

describe('an attempt', () => {
  test('is written down before it leaves', async () => {
    const saved: Record<string, Pick<Account, 'spent' | 'codesSent'> | undefined> = {}
    const parts = await madeUpDomain({
      login: fullLogin,
      answer: ({ url }) => {
        // What would be on disk if the power went now, at the very moment of sending.
        saved[url.pathname] = parts.store.saved.at(-1)?.accounts[0]
        return Promise.resolve(emptyReply)
      },
    })
    await parts.engine.login('main')
    const window = totpWindow(parts.clock.now())
    expect(saved['/password']).toMatchObject({ spent: { password: 1, code: 0 } })
    expect(saved['/code']).toMatchObject({ spent: { password: 0, code: 1 }, codesSent: [window] })
    expect(saved['/exchange']).toMatchObject({ spent: { password: 0, code: 0 }, codesSent: [window] })
  })

  test('that was accepted is written down while the next request is under way, which need not wait', async () => {
    const sent = gate()
    const parts = await madeUpDomain({
      login: fullLogin,
      answer: ({ url }) => {
        if (url.pathname === '/exchange') sent.open()
        return Promise.resolve(emptyReply)
      },
    })
    const write = parts.store.update.bind(parts.store)
    let writes = 0
    parts.store.update = async (change) => {
      // The first two are those of the attempts, before each of them leaves.
      if (++writes === 3) await sent.opened
      return write(change)
    }
    expect(await parts.engine.login('main')).toBe('obtained')
    expect(parts.account()).toMatchObject({ spent: { password: 0, code: 0 }, passwordProven: true })
  })

  test('is not made when it can’t be written down', async () => {
    const parts = await madeUpDomain({ login: fullLogin })
    const write = parts.store.update.bind(parts.store)
    parts.store.update = async (change) => {
      const next = await write(change)
      if (next.accounts[0]?.spent.password === 1) throw new Error('the disk is full')
      return next
    }
    await expect(parts.engine.login('main')).rejects.toThrow('the disk is full')
    expect(parts.sent).toHaveLength(0)
  })

  test.each([
    ['bad-credentials', '/password', { password: 1, code: 0 }],
    ['account-locked', '/password', { password: 1, code: 0 }],
    ['protocol-changed', '/password', { password: 1, code: 0 }],
    ['network', '/password', { password: 1, code: 0 }],
    ['timeout', '/password', { password: 1, code: 0 }],
    ['broker-down', '/password', { password: 1, code: 0 }],
    ['rate-limited', '/password', { password: 0, code: 0 }],
    ['network', '/code', { password: 0, code: 1 }],
    ['bot-wall', '/code', { password: 0, code: 1 }],
    ['broker-down', '/code', { password: 0, code: 1 }],
    ['rate-limited', '/code', { password: 0, code: 0 }],
    ['app-config', '/exchange', { password: 0, code: 0 }],
  ] as const)('that ends in %s at %s leaves %o spent', async (kind, path, spent) => {
    const { engine, account } = await madeUpDomain({
      login: fullLogin,
      answer: ({ url }) =>
        url.pathname === path ? Promise.reject(new LoginError(kind)) : Promise.resolve(emptyReply),
    })
    await loginFailure(engine.login('main'))
    expect(account().spent).toEqual(spent)
  })

  test('with a code that was refused stays spent, for every code that was sent', async () => {
    const { engine, account, clock, sent } = await madeUpDomain({
      login: fullLogin,
      answer: ({ url }) =>
        url.pathname === '/code' ? Promise.reject(new LoginError('bad-totp')) : Promise.resolve(emptyReply),
    })
    const failure = loginFailure(engine.login('main'))
    await Promise.race([failure, clock.untilWaitingFor(25_000)])
    clock.advance(30_000)
    expect((await failure).kind).toBe('bad-totp')
    const codes = sent.filter(({ url }) => url.pathname === '/code').length
    expect(codes).toBeLessThanOrEqual(2)
    expect(account().spent).toEqual({ password: 0, code: codes })
    expect(account().codesSent).toHaveLength(codes)
  })

  test.each(['network', 'timeout', 'broker-down', 'cancelled'] as const)(
    'whose outcome is unknown (%s) does not invite another try',
    async (kind) => {
      const { engine, account } = await madeUpDomain({
        login: fullLogin,
        answer: () => Promise.reject(new LoginError(kind)),
      })
      const error = await loginFailure(engine.login('main'))
      expect(error.kind).toBe('budget-spent')
      expect(account().problem).toMatchObject({ kind: 'budget-spent', retrySafe: false })
    },
  )

  test('that surely never arrived is given back', async () => {
    const { engine, account } = await madeUpDomain({
      login: fullLogin,
      answer: () => Promise.reject(new LoginError('network', { notJudged: true })),
    })
    expect((await loginFailure(engine.login('main'))).kind).toBe('network')
    expect(account().spent).toEqual({ password: 0, code: 0 })
  })

  test('is refused without sending anything once the budget is spent, also by force', async () => {
    const { engine, store, sent } = await madeUpDomain({ login: fullLogin })
    const spent = { password: 1, code: 0 }
    await store.update((state) => withAccount(state, 'main', (account) => ({ ...account, spent })))
    for (const force of [false, true])
      expect((await loginFailure(engine.login('main', { force }))).kind).toBe('budget-spent')
    expect(sent).toHaveLength(0)
  })

  test('with a third code is refused at once, not after waiting for its window', async () => {
    const { engine, store, sent, clock } = await madeUpDomain({ login: fullLogin })
    const window = totpWindow(clock.now())
    await store.update((state) =>
      withAccount(state, 'main', (account) => ({
        ...account,
        spent: { password: 0, code: 2 },
        codesSent: [window],
      })),
    )
    expect((await loginFailure(engine.login('main'))).kind).toBe('budget-spent')
    expect(sent).toHaveLength(0)
  })
})

describe('terms that were not accepted', () => {
  async function withoutTerms() {
    const parts = await madeUpDomain({ login: fullLogin })
    await parts.store.update((state) =>
      withAccount(state, 'main', (account) => ({ ...account, termsAcceptedAt: null })),
    )
    return parts
  }

  test('stop the login before anything is sent or spent', async () => {
    const { engine, account, sent } = await withoutTerms()
    const error = await loginFailure(engine.login('main'))
    expect(error.kind).toBe('consent-required')
    expect(error.message).toBe('Mind the terms.')
    expect(sent).toHaveLength(0)
    expect(account().spent).toEqual({ password: 0, code: 0 })
  })

  test('are then what the account’s state names as its problem', async () => {
    const { engine, account } = await withoutTerms()
    await loginFailure(engine.login('main'))
    expect(account().problem?.kind).toBe('consent-required')
  })
})

describe('a cancelled login', () => {
  test.each(['/password', '/code', '/exchange'])('leaves no token when it was at %s', async (path) => {
    const arrived = gate()
    const { engine, tokens, keychain } = await madeUpDomain({
      login: fullLogin,
      answer: ({ url }, signal) => {
        if (url.pathname !== path) return Promise.resolve(emptyReply)
        arrived.open()
        return untilAborted(signal)
      },
    })
    const login = loginFailure(engine.login('main'))
    await arrived.opened
    engine.cancel('main')
    await login
    expect(tokens.freshness('main')).toBe('none')
    expect(await keychain.get(tokenKey('main', 'first'))).toBe(null)
  })

  test('leaves the token it replaces alone when it had not replaced it yet', async () => {
    const arrived = gate()
    let logins = 0
    const { engine, tokens } = await madeUpDomain({
      login: async (context) => {
        if (++logins === 1) return madeUpTokens
        await context.http.send(to('/second'))
        return madeUpTokens
      },
      answer: (_request, signal) => {
        arrived.open()
        return untilAborted(signal)
      },
    })
    await engine.login('main')
    const login = loginFailure(engine.login('main', { force: true }))
    await arrived.opened
    engine.cancel('main')
    expect((await login).kind).toBe('cancelled')
    expect(tokens.freshness('main')).toBe('fresh')
  })
})

describe('a secret in the broker’s words', () => {
  test('is hidden, whichever of them it is', async () => {
    const { engine, account } = await madeUpDomain({
      login: () =>
        Promise.reject(
          new LoginError('protocol-changed', {
            brokerWords: 'You sent a password, app secret, JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP.',
          }),
        ),
    })
    const { brokerWords } = await loginFailure(engine.login('main'))
    expect(brokerWords).toBe('You sent [secret], [secret], [secret].')
    expect(account().problem?.brokerWords).toBe(brokerWords)
  })

  test('is hidden in what the broker says of a token', async () => {
    const { engine } = await madeUpDomain({
      probe: () => Promise.reject(new LoginError('token-expired', { brokerWords: 'No “token two” here.' })),
    })
    await loginFailure(engine.login('main'))
    const error = await loginFailure(engine.probe('main', new AbortController().signal))
    expect(error.brokerWords).toBe('No “[secret]” here.')
  })
})
