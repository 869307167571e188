import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { neoMorning, routes } from '../../../../tests/support/kotak-neo-morning.ts'
import { tokenKey } from '../../state/account.ts'
import { accountDiagnostics } from '../../login/diagnostics.ts'

const MARKS = ['MARKP0000X', 'MARK THE TRADER']

/** Builds Kotak's reply to the MPIN, with a test's changes. */
async function openedWith(more: Readonly<Record<string, unknown>>) {
  const morning = await neoMorning({ credentials: { ucc: 'WB12345' } })
  const value = {
    data: {
      token: 'a.trade.token',
      sid: 'a-sid',
      baseUrl: morning.endpoints.api,
      status: 'success',
      kId: MARKS[0],
      greetingName: MARKS[1],
      ...more,
    },
  }
  morning.broker.fault({ at: routes.mpin, kind: 'json', status: 200, value })
  const book = { stat: 'Not_Ok', stCode: 5203, errMsg: 'No Data' }
  morning.broker.fault({ at: routes.orders, kind: 'json', status: 200, value: book })
  await morning.engine.login('neo')
  const bundle = await morning.tokens.bundle('neo')
  return {
    ...morning,
    value,
    held: Object.fromEntries(Object.entries(bundle).map(([f, v]) => [f, v.reveal()])),
  }
}

describe('what Kotak adds to a session', () => {
  test('is kept where it is said', async () => {
    const { held, endpoints } = await openedWith({
      dataCenter: 'E43',
      rid: '01-f9cd-7b2a',
      ucc: 'WB12345',
    })
    expect(held).toMatchObject({
      data_center: 'E43',
      rid: '01-f9cd-7b2a',
      ucc: 'WB12345',
      base_url: endpoints.api,
    })
  })

  test('is no condition of a good token', async () => {
    const { held, tokens } = await openedWith({})
    expect(Object.keys(held).sort()).toEqual(['base_url', 'consumer_key', 'sid', 'token'])
    expect(tokens.freshness('neo')).toBe('fresh')
  })

  test.each(['token', 'sid', 'base_url', 'consumer_key'])('a bundle without %s is none', async (field) => {
    const { keychain, tokens } = await openedWith({ dataCenter: 'E43' })
    await keychain.delete(tokenKey('neo', field))
    await expect(tokens.bundle('neo')).rejects.toThrow('no token')
  })

  test('does not outlive the login that said it', async () => {
    const { engine, keychain, broker, value, clock } = await openedWith({ dataCenter: 'E43' })
    clock.advance(60_000)
    const { dataCenter, ...data }: Record<string, unknown> = value.data
    expect(dataCenter).toBe('E43')
    broker.fault({ at: routes.mpin, kind: 'json', status: 200, value: { data } })
    const book = { stat: 'Not_Ok', stCode: 5203, errMsg: 'No Data' }
    broker.fault({ at: routes.orders, kind: 'json', status: 200, value: book })
    expect(await engine.login('neo', { force: true })).toBe('obtained')
    expect(await keychain.get(tokenKey('neo', 'data_center'))).toBeNull()
  })

  test.each([
    ['dataCenter', '$(rm -rf ~)'],
    ['rid', "it's"],
    ['ucc', 7],
    ['feedUrl', 'wss://sfeed.kotaksecurities.com.example/betafeed'],
    ['feedUrl', 'wss://sfeed.kotaksecurities.com/betafeed'],
    ['rtUrl', 'https://cis.kotaksecurities.com/realtime'],
    ['rtUrl', 'nonsense'],
  ])('is left out where it is not what it should be, or leads elsewhere: %s %j', async (field, said) => {
    const { held } = await openedWith({ [field]: said })
    expect(Object.keys(held).sort()).toEqual(['base_url', 'consumer_key', 'sid', 'token'])
  })

  test('who the client is gets nowhere: not into bundle, state, history or login log', async () => {
    const { held, account, history, store } = await openedWith({ dataCenter: 'E43' })
    const log = accountDiagnostics(account('neo'), 'fresh', await history.read())
    const kept = JSON.stringify([held, store.saved, await history.read(), log])
    for (const mark of MARKS) expect(kept).not.toContain(mark)
    expect(kept).toContain('E43')
  })

  test.each([routes.code, routes.mpin])('nor when %s is refused with it', async (at) => {
    const { account, broker, engine, store } = await neoMorning()
    const errMsg = `${MARKS.join(', ')}: not today`
    const data = { kId: MARKS[0], greetingName: MARKS[1], status: 'failure' }
    broker.fault({ at, kind: 'json', status: 400, value: { errMsg, data } })
    const { brokerWords, message, next } = await loginFailure(engine.login('neo'))
    const log = accountDiagnostics(account('neo'), 'none', [])
    const kept = JSON.stringify([brokerWords, message, next, store.saved, log])
    for (const mark of MARKS) expect(kept).not.toContain(mark)
    expect(brokerWords).toBe('[PAN], [name]: not today')
  })
})
