import { expect, test, vi } from 'vitest'
import type { PopoverBridge } from '../../../electron/contract/popover.ts'
import type { AppState } from '../../../electron/contract/state.ts'
import { popoverBridge } from '../../../gallery/bridges.ts'
import { createActions } from './actions.ts'
import { connectState } from './connect-state.ts'
import { account, appState, INDIA, NOW, problem, question } from '../fixtures.ts'
import { createStore } from './store.ts'

const newStore = () => createStore({ exact: () => NOW, zone: () => INDIA })
const login = { step: 1, total: 6, label: 'Opening the login page' }

const fakeBridge = (part: Partial<PopoverBridge> = {}) => popoverBridge(appState([]), part)

test('says when the schedule is paused, taken up again, and whom it skips', () => {
  const store = newStore()
  const said = () => store.view().announcement.words
  const schedule = { words: 'Next run tomorrow 08:16', calendarNote: null, state: 'on' } as const
  const paused = { ...schedule, words: 'Paused until Mon 17 Nov 08:16', state: 'paused' } as const
  store.receive(appState([account({ morning: 'on' })], { schedule }))
  store.receive(appState([account({ morning: 'on' })], { schedule: paused }))
  expect(said()).toBe('Paused until Mon 17 Nov 08:16.')
  store.receive(appState([account({ morning: 'not-today' })], { schedule: paused }))
  expect(said()).toBe('zerodha-main: Left out today.')
  store.receive(appState([account({ morning: 'on' })], { schedule: paused }))
  expect(said()).toBe('zerodha-main: Not skipped any more.')
  const { serial } = store.view().announcement
  store.receive(
    appState([account({ morning: 'on' })], { schedule: { ...paused, words: 'Paused until tomorrow 08:16' } }),
  )
  expect(store.view().announcement.serial).toBe(serial)
})

test('says outcomes and nothing in between', () => {
  const store = newStore()
  const said = () => store.view().announcement.words
  store.receive(appState([account({ freshness: 'none' })]))
  store.receive(appState([account({ freshness: 'none', login })]))
  store.receive(appState([account({ freshness: 'none', login: { ...login, step: 2 } })]))
  expect(said()).toBe('')
  store.receive(appState([account()]))
  expect(said()).toBe('zerodha-main is ready until 06:00 tomorrow.')
  const clipboard = { account: 'zerodha-main', what: 'token', copiedAt: NOW, clearsAt: NOW + 30_000 } as const
  store.receive(appState([account()], { clipboard }))
  expect(said()).toBe('Access token of zerodha-main copied.')
  const { serial } = store.view().announcement
  store.receive(appState([account()], { clipboard: { ...clipboard } }))
  expect(store.view().announcement.serial).toBe(serial)
  store.receive(appState([account()], { clipboard: { ...clipboard, copiedAt: NOW + 1_000 } }))
  expect(store.view().announcement.serial).toBe(serial + 1)
})

test('says a failed and a cancelled login', () => {
  const store = newStore()
  const end = (kind: 'bad-credentials' | 'cancelled') => {
    store.receive(appState([account({ freshness: 'none', login })]))
    store.receive(appState([account({ freshness: 'none', problem: problem({ kind }) })]))
    return store.view().announcement.words
  }
  expect(end('bad-credentials')).toBe('zerodha-main: Wrong PIN. Change it here.')
  expect(end('cancelled')).toBe('zerodha-main: login cancelled.')
})

test('says a failed login once, though the request for it is answered too, and the next failure again', () => {
  const store = newStore()
  const refused = problem()
  store.receive(appState([account({ freshness: 'none', login })]))
  store.receive(appState([account({ freshness: 'none', problem: refused })]))
  const { serial, words } = store.view().announcement
  store.fail('zerodha-main', refused)
  expect(store.view().announcement).toEqual({ serial, words })
  store.fail('zerodha-main', refused)
  expect(store.view().announcement).toEqual({ serial: serial + 1, words })
})

test('says a failed login once, though the request for it is answered before the state tells of it', () => {
  const store = newStore()
  const refused = problem()
  const running = account({ freshness: 'none', login })
  const stuck = account({ freshness: 'none', problem: refused })
  store.receive(appState([running]))
  store.fail('zerodha-main', refused)
  const { serial, words } = store.view().announcement
  expect(words).toBe(`zerodha-main: ${refused.message} ${refused.next}`)
  store.receive(appState([stuck]))
  expect(store.view().announcement).toEqual({ serial, words })
  store.receive(appState([running]))
  store.receive(appState([stuck]))
  expect(store.view().announcement).toEqual({ serial: serial + 1, words })
})

test('says which account is gone', () => {
  const store = newStore()
  store.receive(appState([account(), account({ name: 'upstox' })]))
  store.receive(appState([account()]))
  expect(store.view().announcement.words).toBe('upstox is removed.')
})

test('says once what a login asks for, and again when it asks anew', () => {
  const store = newStore()
  const ask = (askedAt: number, step = 3) => {
    const asking = { login: { ...login, step }, question: { ...question, askedAt } }
    store.receive(appState([account({ freshness: 'none', ...asking })]))
    return store.view().announcement
  }
  store.receive(appState([account({ freshness: 'none', login })]))
  const first = ask(NOW)
  expect(first.words).toBe('zerodha-main asks for the Kite app code. In the Kite app on your phone.')
  expect(ask(NOW, 4).serial).toBe(first.serial)
  expect(ask(NOW + 9_000)).toEqual({ serial: first.serial + 1, words: first.words })
})

test('a code goes to its login, and one that is refused leaves word at the account', async () => {
  const store = newStore()
  const refused = problem({ kind: 'second-factor-needed', message: 'The Kite app code has 6 digits.' })
  const answerCode = vi.fn<PopoverBridge['answerCode']>(() =>
    Promise.resolve({ ok: false, problem: refused }),
  )
  const actions = createActions(fakeBridge({ answerCode }), store)
  store.receive(appState([account({ freshness: 'none', login, question })]))
  await actions.answerCode('zerodha-main', '12345')
  expect(answerCode.mock.calls).toEqual([[{ name: 'zerodha-main', code: '12345' }]])
  expect(store.view().failures['zerodha-main']).toBe(refused)
  answerCode.mockResolvedValueOnce({ ok: true })
  await actions.answerCode('zerodha-main', '123456')
  expect(store.view().failures).toEqual({})
})

test('a failure is shown until the next try or until the account has moved on', async () => {
  const store = newStore()
  const refused = problem({ kind: 'keychain-locked' })
  const copyToken = vi.fn<PopoverBridge['copyToken']>(() => Promise.resolve({ ok: false, problem: refused }))
  const actions = createActions(fakeBridge({ copyToken }), store)
  store.receive(appState([account()]))
  await actions.copyToken('zerodha-main', 'stay')
  expect(store.view().failures['zerodha-main']).toBe(refused)
  store.receive(appState([account()]))
  expect(store.view().failures['zerodha-main']).toBe(refused)
  store.receive(appState([account({ freshness: 'expired' })]))
  expect(store.view().failures).toEqual({})

  await actions.copyToken('zerodha-main', 'stay')
  copyToken.mockResolvedValueOnce({ ok: true })
  await actions.copyToken('zerodha-main', 'stay')
  expect(store.view().failures).toEqual({})
})

test('a request that breaks is told in words; one the user called off is not', async () => {
  const store = newStore()
  const cancelled = { ok: false, problem: problem({ kind: 'cancelled' }) } as const
  const actions = createActions(
    fakeBridge({
      addPractice: () => Promise.reject(new Error('refused')),
      login: () => Promise.resolve(cancelled),
    }),
    store,
  )
  await actions.addPractice()
  expect(store.view().pageFailure?.message).toBe('That did not work.')
  await actions.login('zerodha-main')
  expect(store.view().failures).toEqual({})
})

test('log in all asks only for those that may work', async () => {
  const store = newStore()
  const started = vi.fn<PopoverBridge['login']>(() => Promise.resolve({ ok: true }))
  store.receive(
    appState([
      account({ name: 'ready' }),
      account({ name: 'expired', freshness: 'expired' }),
      account({ name: 'stuck', freshness: 'expired', problem: problem() }),
    ]),
  )
  await createActions(fakeBridge({ login: started }), store).loginAll()
  expect(started.mock.calls).toEqual([[{ name: 'expired' }]])
})

test('a hidden page gets the first state, and then only the newest when it is seen', async () => {
  let push: ((app: AppState) => void) | undefined
  let change = (): void => undefined
  let hidden = true
  const got: AppState[] = []
  const [first, second, third, late] = [appState([]), appState([]), appState([account()]), appState([])]
  connectState(
    fakeBridge({
      getState: () => Promise.resolve(late),
      on: (event, listener) => {
        expect(event).toBe('stateChanged')
        push = (app) => void Reflect.apply(listener, null, [app])
        return () => undefined
      },
    }),
    {
      hidden: () => hidden,
      onChange: (callback) => {
        change = callback
      },
    },
    (app) => got.push(app),
  )
  push?.(first)
  expect(got).toEqual([first])
  push?.(second)
  push?.(third)
  await Promise.resolve()
  expect(got).toEqual([first])
  hidden = false
  change()
  change()
  expect(got).toEqual([first, third])
})

test('a failure is shown until the account’s problem is another, not until its code is', async () => {
  const store = newStore()
  const stuck = (part: Parameters<typeof account>[0] = {}) =>
    appState([account({ freshness: 'expired', problem: problem(), ...part })])
  store.receive(stuck())
  const refused = { ok: false as const, problem: problem({ message: 'No network.' }) }
  await createActions(fakeBridge({ login: () => Promise.resolve(refused) }), store).login('zerodha-main')
  store.receive(stuck({ totp: { code: '1', next: '2', startsAt: NOW, endsAt: NOW + 1 } }))
  expect(store.view().failures).toHaveProperty('zerodha-main')
  store.receive(stuck({ problem: problem({ message: 'Another.' }) }))
  expect(store.view().failures).toEqual({})
})
