import { describe, expect, test } from 'vitest'
import { domain } from '../../../tests/support/harness.ts'
import { withMoved } from './order.ts'

/** A state with the accounts a, b and c, and how to name their order after a change. */
async function threeAccounts() {
  const { accounts, store } = domain()
  for (const name of ['a', 'b', 'c']) {
    const values = { totp_secret: 'JBSWY3DPEHPK3PXP' }
    await accounts.add({ name, brokerId: 'kite-connect', values, endpoints: {}, acceptTerms: false })
  }
  const { state } = store
  const moved = (name: string, before: string | null): string =>
    withMoved(state, name, before)
      .accounts.map((account) => account.name)
      .join(' ')
  return { state, moved }
}

describe('an account in the list', () => {
  test.each([
    ['c', 'a', 'c a b'],
    ['c', 'b', 'a c b'],
    ['a', 'c', 'b a c'],
    ['a', null, 'b c a'],
    ['b', null, 'a c b'],
    ['c', null, 'a b c'],
    ['a', 'b', 'a b c'],
  ])('%s put before %s gives %s', async (name, before, order) => {
    const { moved } = await threeAccounts()
    expect(moved(name, before)).toBe(order)
  })

  test('stays where it is before itself, before an account that is gone, or when it is gone itself', async () => {
    const { state } = await threeAccounts()
    expect(withMoved(state, 'a', 'a')).toBe(state)
    expect(withMoved(state, 'a', 'gone')).toBe(state)
    expect(withMoved(state, 'gone', 'a')).toBe(state)
  })

  test('keeps all that is known of it', async () => {
    const { state } = await threeAccounts()
    const sorted = (accounts: typeof state.accounts) =>
      accounts.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    expect(sorted(withMoved(state, 'c', 'a').accounts)).toEqual(state.accounts)
  })
})
