import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { FakeClock } from '../../tests/support/fake-clock.ts'
import { day, ist } from '../../tests/support/scheduled.ts'
import { MemoryKeychain } from '../adapters/memory-keychain.ts'
import { AppModel, type AppModelDeps } from './app-state.ts'
import { composeServices } from './services.ts'
import { changeSchedule, withMorning } from '../core/state/schedule-changes.ts'

const clean: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const undo of clean.splice(0)) await undo()
})

const next = { at: ist('08:16:30', '2026-11-21'), account: null }

/** The model of a profile with an account, at eight in the evening of a Friday. */
async function evening(nextRun: AppModelDeps['nextRun'], values: Readonly<Record<string, string>> = login) {
  const home = await mkdtemp(path.join(tmpdir(), 'tokentray-model-'))
  clean.push(() => rm(home, { recursive: true }))
  const clock = new FakeClock(ist('20:00:00'))
  const services = {
    ...(await composeServices({ TOKENTRAY_HOME: home }, { keychain: new MemoryKeychain() })),
    clock,
  }
  const { accounts, store } = services
  await accounts.add({ name: 'one', brokerId: 'kite-connect', values, endpoints: {}, acceptTerms: true })
  const launch: { isOn: boolean | null } = { isOn: false }
  const model = new AppModel({
    services,
    clipboard: () => null,
    question: () => null,
    notices: () => [],
    nextRun,
    isVisible: () => false,
    startsAtLogin: () => launch.isOn,
    lock: null,
  })
  clean.push(() => {
    model.stop()
    return Promise.resolve()
  })
  model.refresh()
  const morning = (): unknown => {
    model.refresh()
    return model.state.accounts[0]?.morning
  }
  return { accounts, clock, launch, model, morning, store }
}

const totpSecret = { totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' }
const login = {
  ...totpSecret,
  user_id: 'AB1234',
  password: 'a password',
  api_key: 'key',
  api_secret: 'secret',
}

test('the state says when the next run is, and says it anew when the day has passed', async () => {
  const { clock, model } = await evening(() => next)
  const words = (): unknown => model.state.schedule?.words
  expect(words()).toMatch(/^Next login tomorrow 08:16/)
  clock.advance(ist('00:00:00', '2026-11-21') - clock.now())
  expect(words()).toMatch(/^Next login today 08:16/)
})

test('the state says of each account whether the schedule logs it in', async () => {
  const { clock, morning, store } = await evening(() => next)
  expect(morning()).toBe('on')
  await changeSchedule(store, (schedule) => withMorning(schedule, 'one', 'not-today', day))
  expect(morning()).toBe('not-today')
  clock.advance(ist('00:00:00', '2026-11-21') - clock.now())
  expect(morning()).toBe('on')
  await changeSchedule(store, (schedule) => withMorning(schedule, 'one', 'off', day))
  expect(morning()).toBe('off')
  await changeSchedule(store, (schedule) => ({ ...schedule, on: false }))
  expect(morning()).toBeNull()
})

test('the state has no schedule where none runs', async () => {
  const { model, morning } = await evening(null)
  expect(model.state.schedule).toBeNull()
  expect(morning()).toBeNull()
})

test('the state has no schedule without an account to log in', async () => {
  const { model, morning } = await evening(() => null, totpSecret)
  expect(model.state.accounts).toHaveLength(1)
  expect(model.state.schedule).toBeNull()
  expect(morning()).toBeNull()
})

test('the state asks about the start at login once an own account was logged in, and once only', async () => {
  const { accounts, launch, model, store } = await evening(() => next)
  const asked = (): unknown => {
    model.refresh()
    return model.state.startAtLogin
  }
  expect(asked()).toBeNull()
  // Whether a token is fresh is told by this computer's clock.
  const token = { issuedAt: Date.now(), expiresAt: Date.now() + 86_400_000, seen: 'accepted' as const }
  await accounts.open('one').update((account) => ({ ...account, token }))
  expect(asked()).toEqual({ asks: true, at: '08:15' })
  await store.update((state) => ({ ...state, settings: { ...state.settings, askedToStart: true } }))
  expect(asked()).toEqual({ asks: false, at: '08:15' })
  launch.isOn = true
  expect(asked()).toBeNull()
  launch.isOn = false
  await changeSchedule(store, (schedule) => ({ ...schedule, on: false }))
  expect(asked()).toBeNull()
})

test('the state has the exchange’s day, with the name of a holiday', async () => {
  const { clock, model } = await evening(() => next)
  expect(model.state.market?.session?.opensAt).toBe(ist('09:15:00'))
  clock.advance(ist('00:00:00', '2026-11-24') - clock.now())
  expect(model.state.market).toEqual({ session: null, holiday: 'Prakash Gurpurb Sri Guru Nanak Dev' })
})

test('an account of a broker that this version does not know is left out, and breaks nothing', async () => {
  const { model, store } = await evening(() => next)
  await store.update((state) => ({
    ...state,
    accounts: state.accounts.flatMap((one) => [
      one,
      { ...one, name: 'other', brokerId: 'of-a-later-version' },
    ]),
  }))
  model.refresh()
  expect(model.state.accounts.map(({ name }) => name)).toEqual(['one'])
})
