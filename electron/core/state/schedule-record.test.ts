import { expect, test } from 'vitest'
import { scheduled } from '../../../tests/support/scheduled.ts'
import { State } from './state.ts'

async function stateAfterAMorning(): Promise<State> {
  const { store, until } = await scheduled()
  await until('09:00:00')
  return store.state
}

test('what a morning left behind is read again from a file', async () => {
  const state = await stateAfterAMorning()
  expect(state.accounts[0]?.schedule?.run?.state).toBe('ready')
  expect(State.parse(JSON.parse(JSON.stringify(state)))).toEqual(state)
})

test.each([undefined, null, 'damaged', { run: { day: 1 } }])(
  'an account of an older or damaged file is kept, with no morning behind it: %j',
  async (schedule) => {
    const state = await stateAfterAMorning()
    const accounts = state.accounts.map((account) => ({ ...account, schedule }))
    const [account] = State.parse(JSON.parse(JSON.stringify({ ...state, accounts }))).accounts
    expect(account?.name).toBe('main')
    expect(account?.schedule).toBeUndefined()
  },
)
