import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { madeUpDomain, madeUpTokens, type MadeUpBehaviour } from '../../../../tests/support/made-up-broker.ts'
import type { LoginContext, TokenBundle } from '../../brokers/broker.ts'
import { LoginError } from '../../errors.ts'

/** A broker that takes password and code in one request, and answers it with `end`. */
const oneRequest =
  (end: (context: LoginContext) => void): NonNullable<MadeUpBehaviour['login']> =>
  async (context): Promise<TokenBundle> => {
    const { password, code } = await context.spend({ password: 'password', code: true })
    await context.http.send({
      method: 'POST',
      url: new URL('/login', context.endpoint('api')),
      form: { password, code },
    })
    end(context)
    return madeUpTokens
  }

describe('two entries in one request', () => {
  test('are both on disk, in one stroke, before it leaves', async () => {
    const domain = await madeUpDomain({
      login: oneRequest(() => undefined),
      answer: (request) => {
        if (request.method === 'POST') {
          expect(domain.account().spent).toEqual({ password: 1, code: 1 })
          expect(domain.account().codesSent).toHaveLength(1)
          const halves = domain.store.saved.filter(({ accounts: [account] }) => {
            const { password = 0, code = 0 } = account?.spent ?? {}
            return password !== code
          })
          expect(halves).toEqual([])
          expect(request.form).toMatchObject({
            password: 'a password',
            code: expect.stringMatching(/^\d{6}$/),
          })
        }
        return Promise.resolve({ status: 200, headers: new Headers(), body: '' })
      },
    })
    await domain.engine.login('main')
    expect(domain.sent.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test('are settled by what the reply proves', async () => {
    const { account, engine } = await madeUpDomain({
      login: oneRequest((context) => {
        context.accepted('password', 'code')
      }),
    })
    await engine.login('main')
    expect(account()).toMatchObject({ spent: { password: 0, code: 0 }, passwordProven: true })
  })

  test('are both given back by a reply that surely has judged neither', async () => {
    const { account, engine } = await madeUpDomain({
      login: oneRequest(() => {
        throw new LoginError('broker-down', { notJudged: true })
      }),
    })
    await loginFailure(engine.login('main'))
    expect(account().spent).toEqual({ password: 0, code: 0 })
  })

  test('both stay spent after a reply that says nothing of them, which is not tried again', async () => {
    const { account, engine } = await madeUpDomain({
      login: oneRequest(() => {
        throw new LoginError('broker-down')
      }),
    })
    expect((await loginFailure(engine.login('main'))).kind).toBe('budget-spent')
    expect(account().spent).toEqual({ password: 1, code: 1 })
  })

  test('of which one is accepted leave the other spent', async () => {
    const { account, engine } = await madeUpDomain({
      login: oneRequest((context) => {
        context.accepted('password')
        throw new LoginError('bad-totp', { final: true })
      }),
    })
    await loginFailure(engine.login('main'))
    expect(account()).toMatchObject({ passwordProven: true, spent: { password: 0 } })
    expect(account().spent.code).toBeGreaterThan(0)
  })

  test('are not sent when one of them may not be', async () => {
    const domain = await madeUpDomain({ login: oneRequest(() => undefined) })
    await domain.store.update((state) => ({
      ...state,
      accounts: state.accounts.map((each) => ({ ...each, spent: { password: 1, code: 0 } })),
    }))
    expect((await loginFailure(domain.engine.login('main'))).kind).toBe('budget-spent')
    expect(domain.sent).toEqual([])
    expect(domain.account().spent).toEqual({ password: 1, code: 0 })
  })
})
