import { expect, test } from 'vitest'
import { InputError } from '../errors.ts'
import { MemoryState } from '../../../tests/support/harness.ts'
import { madeUpBroker } from '../../../tests/support/made-up-broker.ts'
import type { Account } from './account.ts'
import { AccountHandle } from './account-handle.ts'
import { noAttempts } from './attempts.ts'

const broker = madeUpBroker()
const refused = { password: 1, code: 0 }

const account = (name: string, person: string, changes: Partial<Account> = {}): Account => ({
  name,
  brokerId: broker.id,
  settings: { [broker.identity]: person },
  endpoints: {},
  proxy: null,
  termsAcceptedAt: 0,
  secretsSetAt: {},
  ...noAttempts,
  passwordProven: false,
  token: null,
  problem: null,
  trace: null,
  ...changes,
})

function opened(...accounts: Account[]) {
  const store = new MemoryState()
  store.state = { ...store.state, accounts }
  const handle = new AccountHandle('main', store, new Map([[broker.id, broker]]))
  const named = (name: string) => store.state.accounts.find((one) => one.name === name)
  return { store, handle, named }
}

test('an account that is not there, or of an unknown broker, can’t be opened', () => {
  expect(() => opened()).toThrow(new InputError({ name: 'No account “main”.' }))
  expect(() => opened(account('main', 'AB1234', { brokerId: 'nse' }))).toThrow(
    new InputError({ name: 'This version doesn’t know the broker “nse” of main.' }),
  )
})

test('an opened account is read as the state has it now', async () => {
  const { store, handle } = opened(account('main', 'AB1234'))
  await store.update((state) => ({ ...state, accounts: [account('main', 'AB1234', { codesSent: [7] })] }))
  expect(handle.account.codesSent).toEqual([7])
  expect(handle.broker).toBe(broker)
})

test('an account that was removed meanwhile is not written again, and reading it says that it is gone', async () => {
  const { store, handle } = opened(account('main', 'AB1234'), account('second', 'AB1234'))
  store.state = { ...store.state, accounts: [account('second', 'AB1234')] }
  const before = store.state
  await handle.update((current) => ({ ...current, spent: refused }))
  expect(store.state).toEqual(before)
  const gone = /^name: No account “main”\./
  expect(() => handle.account).toThrow(gone)
  expect(() => handle.broker).toThrow(gone)
})

test('a change of attempts reaches all accounts of the login, and nobody else’s', async () => {
  const { handle, named } = opened(
    account('main', 'AB1234'),
    account('second', 'AB1234'),
    account('other', 'CD5678'),
  )
  await handle.update((current) => ({ ...current, spent: refused, passwordProven: true }))
  expect(named('main')).toMatchObject({ spent: refused, passwordProven: true })
  expect(named('second')).toMatchObject({ spent: refused, passwordProven: false })
  expect(named('other')?.spent).toEqual(noAttempts.spent)
})

test('a change of anything else leaves the attempts of other accounts alone', async () => {
  const { handle, named } = opened(account('main', 'AB1234'), account('second', 'AB1234', { spent: refused }))
  await handle.update((current) => ({ ...current, passwordProven: true }))
  expect(named('second')?.spent).toEqual(refused)
})
