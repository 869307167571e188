import { describe, expect, test } from 'vitest'
import { madeUpDomain, madeUpValues } from '../../../tests/support/made-up-broker.ts'
import { loginLock, isSameLogin, withAttempts } from '../state/attempts.ts'

/** Two accounts of one person, `main` and `second`, and one of somebody else, `other`. */
async function household() {
  const parts = await madeUpDomain()
  const { accounts } = parts
  const add = (name: string, values: Readonly<Record<string, string>>) =>
    accounts.add({ name, brokerId: 'made-up', values, endpoints: {}, acceptTerms: true })
  await add('second', { ...madeUpValues, app_id: 'another app' })
  await add('other', { ...madeUpValues, user_id: 'CD5678' })
  const attempts = () => accounts.list.map(({ name, spent, codesSent }) => ({ name, spent, codesSent }))
  const spend = () =>
    parts.store.update((state) =>
      withAttempts(state, 'main', { identity: 'user_id' }, (before) => ({ ...before, ...spent })),
    )
  const change = (name: string, values: Readonly<Record<string, string>>) =>
    accounts.change(name, { values, endpoints: {}, acceptTerms: false })
  return { ...parts, add, attempts, spend, change }
}

const spent = { spent: { password: 1, code: 2 }, codesSent: [7, 8] }
const unspent = { spent: { password: 0, code: 0 }, codesSent: [] }

describe('accounts of the same person at a broker', () => {
  test('share their attempts and the codes they sent, and nobody else does', async () => {
    const { attempts, spend } = await household()
    await spend()
    expect(attempts()).toEqual([
      { name: 'main', ...spent },
      { name: 'second', ...spent },
      { name: 'other', ...unspent },
    ])
  })

  test('are all forgiven when the password is entered at one of them', async () => {
    const { attempts, spend, change } = await household()
    await spend()
    await change('second', { password: 'new password' })
    for (const { spent: left, codesSent } of attempts().slice(0, 2)) {
      expect(left).toEqual({ password: 0, code: 2 })
      expect(codesSent).toEqual([7, 8])
    }
  })

  test('are not forgiven by a change that has nothing to do with the login', async () => {
    const { attempts, spend, change } = await household()
    await spend()
    await change('second', { app_id: 'a third app', app_secret: 'new' })
    expect(attempts().map(({ spent: left }) => left)).toEqual([spent.spent, spent.spent, unspent.spent])
  })

  test('include one that becomes the same person’s: what was spent counts for it too', async () => {
    const { attempts, spend, change } = await household()
    await spend()
    await change('other', { user_id: 'AB1234' })
    expect(attempts()[2]).toEqual({ name: 'other', ...spent })
  })

  test('remember the codes sent for an account that is added later', async () => {
    const { attempts, spend, add } = await household()
    await spend()
    await add('late', madeUpValues)
    expect(attempts()[3]?.codesSent).toEqual([7, 8])
  })

  test('keep what was spent when one of them is removed', async () => {
    const { accounts, attempts, spend } = await household()
    await spend()
    await accounts.remove('main')
    expect(attempts()[0]).toEqual({ name: 'second', ...spent })
  })
})

describe('whose login it is', () => {
  const at = (brokerId: string, name: string, user_id?: string) => ({
    name,
    brokerId,
    settings: user_id === undefined ? {} : { user_id },
  })
  const owner = { identity: 'user_id', sharesLoginWith: ['second'] }

  test.each([
    ['the same person at the same broker', at('first', 'a', 'AB'), at('first', 'b', 'AB'), true],
    ['another person', at('first', 'a', 'AB'), at('first', 'b', 'CD'), false],
    ['the same person where logins are shared', at('first', 'a', 'AB'), at('second', 'b', 'AB'), true],
    ['another person where logins are shared', at('first', 'a', 'AB'), at('second', 'b', 'CD'), false],
    ['the same person elsewhere', at('first', 'a', 'AB'), at('third', 'b', 'AB'), false],
    ['two accounts that do not say', at('first', 'a'), at('first', 'b'), false],
    ['an account that does not say, and one that does', at('first', 'a'), at('first', 'b', 'AB'), false],
    ['an account that says, and one that does not', at('first', 'a', 'AB'), at('first', 'b'), false],
    ['an account that does not say, and itself', at('first', 'a'), at('first', 'a'), true],
  ])('of %s', (_what, a, b, same) => {
    expect(isSameLogin(a, b, owner)).toBe(same)
  })

  test('decides which logins wait for each other, from either side', () => {
    const mirrored = { identity: 'user_id', sharesLoginWith: ['first'] }
    const lock = loginLock(at('first', 'a', 'AB'), owner)
    expect(loginLock(at('second', 'b', 'AB'), mirrored)).toBe(lock)
    const others = [at('first', 'c', 'CD'), at('first', 'd'), at('first', 'e')].map((account) =>
      loginLock(account, owner),
    )
    expect(new Set([lock, ...others]).size).toBe(4)
  })
})
