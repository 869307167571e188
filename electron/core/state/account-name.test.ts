import { expect, test } from 'vitest'
import { madeUpDomain } from '../../../tests/support/made-up-broker.ts'
import { LoginError } from '../errors.ts'
import { State } from './state.ts'

test('a damaged name in the state file costs no account, and passes for no other’s', async () => {
  const { store } = await madeUpDomain()
  const [account] = store.state.accounts
  const names = ['main', 'ma\u200bin', '\x1b]52;c;eA==\x07', 'two\nlines', '<b>शेष</b>']
  const text = JSON.stringify({ ...store.state, accounts: names.map((name) => ({ ...account, name })) })
  expect(State.parse(JSON.parse(text)).accounts.map(({ name }) => name)).toEqual([
    'main',
    'ma\uFFFDin',
    '\uFFFD]52;c;eA==\uFFFD',
    'two\uFFFDlines',
    '<b>शेष</b>',
  ])
})

test('a problem that an older version wrote is read without what steers a terminal', async () => {
  const { store } = await madeUpDomain()
  const [account] = store.state.accounts
  const problem = {
    ...new LoginError('network').toProblem(5),
    message: 'The login was that of \x1b]0;you\x07.',
    brokerWords: 'a\u202eb',
    next: 'Log in\x9b2J again.',
  }
  const text = JSON.stringify({ ...store.state, accounts: [{ ...account, problem }] })
  expect(State.parse(JSON.parse(text)).accounts[0]?.problem).toEqual({
    ...problem,
    message: 'The login was that of  ]0;you .',
    brokerWords: 'a b',
    next: 'Log in 2J again.',
  })
})
