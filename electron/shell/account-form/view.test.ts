import { expect, test } from 'vitest'
import { popularBrokers, registry } from '../../core/brokers/registry.ts'
import { emptyState } from '../../core/state/state.ts'
import { formView } from './view.ts'

const { brokers } = formView(
  { accounts: { list: [] }, brokers: registry, clock: { now: () => 0 }, store: { state: emptyState } },
  null,
)

test('a choice has every broker once, the popular ones first and the others by name', () => {
  const ids = brokers.map(({ id }) => id)
  expect(ids.toSorted()).toEqual([...registry.keys()].toSorted())
  const popular = popularBrokers.filter((id) => registry.has(id))
  expect(ids.slice(0, popular.length)).toEqual(popular)
  const others = brokers.slice(popular.length).map(({ name }) => name)
  expect(others.length).toBeGreaterThan(1)
  expect(others).toEqual(others.toSorted((a, b) => a.localeCompare(b)))
})

test.each([
  ['kite-connect', 'API key and secret, user ID, password, TOTP', ['unattended', 'assisted']],
  ['kotak-trade', 'user ID, password, consumer key, application access token', ['unattended']],
  ['samco', 'API key and secret', ['unattended']],
  ['angel-one', 'API key, client code, PIN, TOTP', ['unattended']],
])('%s says what it needs and how a login may go', (id, needs, modes) => {
  const view = brokers.find((broker) => broker.id === id)
  expect(view?.needs).toBe(needs)
  expect(view?.modes).toEqual(modes)
})
