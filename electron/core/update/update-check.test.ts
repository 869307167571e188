import { expect, test, vi } from 'vitest'
import { FakeClock } from '../../../tests/support/fake-clock.ts'
import type { Release } from '../../contract/settings.ts'
import { emptyState, type State, type StateStore } from '../state/state.ts'
import type { UpdateSettings } from '../state/update-settings.ts'
import { UpdateCheck } from './update-check.ts'

const HOUR = 60 * 60_000
const REPLY = { tag_name: 'v0.2.0', html_url: 'https://example.org/v0.2.0', body: 'New' }
const RELEASE: Release = { version: '0.2.0', page: 'https://example.org/v0.2.0', notes: 'New' }

class FakeStore implements StateStore {
  state: State

  constructor(updates: Partial<UpdateSettings>) {
    const { settings } = emptyState
    this.state = { ...emptyState, settings: { ...settings, updates: { ...settings.updates, ...updates } } }
  }

  get updates(): UpdateSettings {
    return this.state.settings.updates
  }

  reload(): Promise<State> {
    return Promise.resolve(this.state)
  }

  update(change: (state: State) => State): Promise<State> {
    this.state = change(this.state)
    return Promise.resolve(this.state)
  }

  onChange(): () => void {
    return () => undefined
  }
}

function parts(updates: Partial<UpdateSettings> = {}, version = '0.1.0') {
  const store = new FakeStore(updates)
  const clock = new FakeClock(Date.UTC(2026, 10, 21))
  const ask = vi.fn(() => Promise.resolve<unknown>(REPLY))
  const tell = vi.fn<(release: Release) => void>()
  return { store, clock, ask, tell, check: new UpdateCheck({ store, clock, version, ask, tell }) }
}

/** Lets hours pass, one by one, and with each what it began. */
async function hours(clock: FakeClock, count: number): Promise<void> {
  for (let hour = 0; hour < count; hour++) {
    clock.advance(HOUR)
    await clock.untilWaitingFor(HOUR)
  }
}

test('a newer version is told of and remembered', async () => {
  const { check, store, clock, tell } = parts()
  await check.start()
  expect(tell).toHaveBeenCalledExactlyOnceWith(RELEASE)
  expect(store.updates).toEqual({ on: true, askedAt: clock.now(), latest: RELEASE })
})

test('the feed is asked once a day, also by an app that runs for weeks', async () => {
  const { check, clock, ask } = parts()
  await check.start()
  await hours(clock, 23)
  expect(ask).toHaveBeenCalledTimes(1)
  await hours(clock, 25)
  expect(ask).toHaveBeenCalledTimes(3)
})

test('a feed that fails is asked again tomorrow, not sooner', async () => {
  const { check, clock, ask, tell } = parts()
  ask.mockRejectedValue(new Error('no network'))
  await check.start()
  await hours(clock, 23)
  expect(ask).toHaveBeenCalledTimes(1)
  await hours(clock, 1)
  expect(ask).toHaveBeenCalledTimes(2)
  expect(tell).not.toHaveBeenCalled()
})

test('a second start on the same day asks nobody', async () => {
  const { check, ask } = parts({ askedAt: Date.UTC(2026, 10, 20, 1) })
  await check.start()
  expect(ask).not.toHaveBeenCalled()
})

test('nothing is asked while it is off', async () => {
  const { check, clock, ask } = parts({ on: false })
  await check.start()
  await hours(clock, 50)
  expect(ask).not.toHaveBeenCalled()
})

test('a clock that was wrong does not put it off for years', async () => {
  const { check, ask } = parts({ askedAt: Date.UTC(2036, 0, 1) })
  await check.start()
  expect(ask).toHaveBeenCalledTimes(1)
})

test('the same version is remembered and not told of', async () => {
  const { check, store, tell } = parts({}, '0.2.0')
  await check.start()
  expect(tell).not.toHaveBeenCalled()
  expect(store.updates.latest).toEqual(RELEASE)
})

test('a stopped check asks no more', async () => {
  const { check, clock, ask } = parts()
  await check.start()
  check.stop()
  clock.advance(30 * HOUR)
  expect(ask).toHaveBeenCalledTimes(1)
})
