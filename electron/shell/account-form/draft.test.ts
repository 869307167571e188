import { expect, test, vi } from 'vitest'
import { domain } from '../../../tests/support/harness.ts'
import { AccountDraft, type TypedDraft } from '../../contract/account-form.ts'
import type { Field } from '../../core/brokers/broker.ts'
import { FormDraft } from './draft.ts'
import { FormImports } from './imports.ts'
import { formView } from './view.ts'

const typed: TypedDraft = {
  name: 'main',
  brokerId: 'kite-connect',
  values: {
    user_id: 'AB1234',
    password: 'a password',
    api_key: 'q1w2e3r4t5y6u7i8',
    api_secret: 'a secret',
    totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  },
  endpoints: {},
  proxy: '',
  ownTime: '',
  acceptTerms: true,
  mode: 'unattended',
  forget: [],
}

/** Parses a draft as the router does. */
const received = (draft: TypedDraft): AccountDraft => AccountDraft.parse(draft)

/** Creates a form for a new account and exposes what it stores. */
function form() {
  const parts = domain()
  const readQrCodes = () => Promise.resolve([])
  const draft = new FormDraft(parts, new FormImports({ ...parts, readQrCodes }), null)
  const times = () => parts.store.state.settings.schedule.times
  return { ...parts, draft, times, view: () => formView(parts, draft.editing) }
}

test('a time of its own is kept for a new account, and shown and taken back when that is changed', async () => {
  const { draft, times, view } = form()
  expect(await draft.save(received({ ...typed, ownTime: '07:45' }))).toEqual({ ok: true })
  expect(times()).toEqual({ main: '07:45' })
  expect(view().editing?.ownTime).toBe('07:45')
  expect(await draft.save(received(typed))).toEqual({ ok: true })
  expect(times()).toEqual({})
  expect(view().editing?.ownTime).toBeNull()
})

test.each(['8', '24:00', 'eight'])(
  '%s is no time, which is told before anything is saved',
  async (ownTime) => {
    const { accounts, draft, times } = form()
    const errors = { ownTime: 'needs hours and minutes, such as 08:30' }
    expect((await draft.check(received({ ...typed, ownTime }))).errors).toEqual(errors)
    expect(await draft.save(received({ ...typed, ownTime }))).toEqual({ ok: false, errors })
    expect(accounts.list).toEqual([])
    expect(times()).toEqual({})
  },
)

test('an account that can’t be saved leaves no time behind', async () => {
  const { draft, times } = form()
  const outcome = await draft.save(received({ ...typed, values: {}, ownTime: '07:45' }))
  expect(outcome).toMatchObject({ ok: false })
  expect(times()).toEqual({})
})

test('the form knows the usual time, and what no broker’s accounts come before', async () => {
  const { draft, store, view } = form()
  await store.update((state) => ({
    ...state,
    settings: { ...state.settings, hour12: true, schedule: { ...state.settings.schedule, at: '08:40' } },
  }))
  expect(view().morningRun).toEqual({ on: true, usualTime: '08:40', hour12: true })
  const earliest = Object.fromEntries(view().brokers.map(({ id, earliestTime }) => [id, earliestTime]))
  expect(earliest).toMatchObject({ 'kite-connect': '06:00', upstox: '03:30', 'kotak-trade': null })
  const { totp_secret = '' } = typed.values
  await draft.save(received({ ...typed, values: { totp_secret } }))
  expect(view().morningRun).toBeNull()
})

test('a secret with a letter that was lost on its way is refused while it is typed, and not saved', async () => {
  const { accounts, draft } = form()
  const values = { ...typed.values, password: 'p\uFFFDssword' }
  const errors = { password: expect.stringContaining('a letter that was lost') }
  expect((await draft.check(received({ ...typed, values }))).errors).toEqual(errors)
  expect(await draft.save(received({ ...typed, values }))).toEqual({ ok: false, errors })
  expect(accounts.list).toEqual([])
})

test('what looks odd is hinted at and saved all the same; of a secret nothing is repeated', async () => {
  const { accounts, draft } = form()
  const values = {
    consumer_key: 'not-as-kotak-has-them',
    mobile_number: '9876543210',
    ucc: '12345678',
    mpin: '246810',
    totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  }
  const kotak = { ...typed, brokerId: 'kotak-neo', values }
  const { errors, hints } = await draft.check(received(kotak))
  expect(errors).toEqual({})
  expect(hints).toEqual({
    consumer_key: expect.stringContaining('five groups'),
    ucc: expect.stringContaining('all digits'),
  })
  expect(JSON.stringify(hints)).not.toContain(values.consumer_key)
  expect(await draft.save(received(kotak))).toEqual({ ok: true })
  expect(accounts.open('main').account.settings['ucc']).toBe('12345678')
})

test('what is saved is checked once', async () => {
  const { accounts, draft } = form()
  const field = accounts.broker('kite-connect').fields.find(isNormalised)
  const normalise = vi.spyOn(field ?? expect.unreachable(), 'normalise')
  expect(await draft.save(received(typed))).toEqual({ ok: true })
  expect(normalise).toHaveBeenCalledTimes(1)
  normalise.mockRestore()
})

const isNormalised = (field: Field): field is Field & Required<Pick<Field, 'normalise'>> =>
  field.normalise !== undefined

test('a page that names another address is refused until the user enters the secrets again', async () => {
  const { accounts, draft } = form()
  await draft.save(received(typed))
  const { endpoints } = accounts.open('main').account
  const { user_id = '', api_key = '' } = typed.values
  const moved = { ...typed, values: { user_id, api_key }, endpoints: { web: 'https://elsewhere.example' } }
  const view = await draft.check(received(moved))
  expect(view.enterAgain).toEqual(['api_secret', 'password', 'totp_secret'])
  expect(view.errors['password']).toMatch(/^has to be entered again, because an address/)
  const proxied = { ...typed, values: { user_id, api_key }, proxy: 'http://proxy.example:3128' }
  for (const other of [moved, proxied, { ...moved, mode: 'assisted' as const }]) {
    expect(await draft.save(received(other))).toMatchObject({
      ok: false,
      errors: { api_secret: expect.any(String) },
    })
  }
  expect(accounts.open('main').account.endpoints).toEqual(endpoints)
  expect((await draft.check(received({ ...moved, endpoints: {} }))).enterAgain).toEqual([])
  expect(await draft.save(received({ ...typed, endpoints: moved.endpoints }))).toEqual({ ok: true })
})
