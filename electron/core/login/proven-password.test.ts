import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../tests/support/failure.ts'
import { kiteMorning } from '../../../tests/support/kite-morning.ts'
import type { Fault } from '../../../practice/faults.ts'
import { LoginEngine } from './engine.ts'
import { LOST_REPLY_PAUSE_MS, TROUBLE_PAUSES_MS } from './attempts/retry.ts'

const PASSWORD = 'POST /api/login'

/** A morning after one on which the broker has accepted the password. */
async function provenMorning() {
  const parts = await kiteMorning()
  await parts.engine.login('kite')
  // Past the window of the code that was sent.
  parts.clock.advance(60_000)
  const engine = new LoginEngine({ ...parts, troublePauses: TROUBLE_PAUSES_MS })
  const before = parts.broker.requests.length
  const passwordsSent = (): number =>
    parts.broker.requests.slice(before).filter(({ path }) => path === '/api/login').length
  /** A login that is forced to send the password, with the long pauses waited out. */
  const login = async (): Promise<unknown> => {
    const ended = engine.login('kite', { force: true })
    const outcome = ended.then(
      () => 'obtained',
      (error: unknown) => error,
    )
    for (;;) {
      const result = await Promise.race([outcome, parts.clock.untilWaitingFor(LOST_REPLY_PAUSE_MS)])
      if (result !== undefined) return result
      parts.clock.advance(LOST_REPLY_PAUSE_MS)
    }
  }
  return { ...parts, engine, login, passwordsSent }
}

const lost: [how: string, fault: Fault][] = [
  ['a cut connection', { kind: 'reset-after-processing' }],
  ['a 500', { kind: 'status', status: 500 }],
  ['a 502', { kind: 'status', status: 502 }],
  ['a 504', { kind: 'status', status: 504 }],
]

describe('a password that the broker has accepted since it was entered', () => {
  test('is on record as proven', async () => {
    const { account } = await provenMorning()
    expect(account('kite')).toMatchObject({ passwordProven: true, passwordRefused: false })
  })

  test.each(lost)(
    'survives one reply that was lost to %s: it is sent again after a pause',
    async (_how, fault) => {
      const { account, broker, login, passwordsSent } = await provenMorning()
      broker.fault({ at: PASSWORD, ...fault })
      expect(await login()).toBe('obtained')
      expect(passwordsSent()).toBe(2)
      expect(account('kite').spent.password).toBe(0)
    },
  )

  test('is not sent a third time when the second reply is lost too, in that login or later', async () => {
    const { broker, engine, login, passwordsSent } = await provenMorning()
    broker.fault({ at: PASSWORD, kind: 'reset-after-processing', times: 2 })
    expect(await login()).toMatchObject({ kind: 'budget-spent', retrySafe: false })
    expect((await loginFailure(engine.login('kite', { force: true }))).message).toContain('twice')
    expect(passwordsSent()).toBe(2)
  })

  test('survives a process that ended before it heard the answer', async () => {
    const parts = await provenMorning()
    await parts.store.update((state) => ({
      ...state,
      accounts: state.accounts.map((account) => ({ ...account, spent: { password: 1, code: 0 } })),
    }))
    expect(await parts.login()).toBe('obtained')
  })

  test('stops at once when it is refused, and is proven no more', async () => {
    const { account, broker, engine, login, passwordsSent } = await provenMorning()
    broker.change({ password: 'changed at the broker' })
    expect(await login()).toMatchObject({ kind: 'bad-credentials' })
    expect(account('kite').passwordRefused).toBe(true)
    expect((await loginFailure(engine.login('kite', { force: true }))).kind).toBe('budget-spent')
    expect(passwordsSent()).toBe(1)
  })

  test('costs the broker’s count two at the very worst: changed there while a reply is lost', async () => {
    const { broker, engine, login } = await provenMorning()
    broker.change({ password: 'changed at the broker' })
    broker.fault({ at: PASSWORD, kind: 'reset-after-processing', times: 1 })
    expect(await login()).toMatchObject({ kind: 'bad-credentials' })
    await loginFailure(engine.login('kite', { force: true }))
    expect(broker.wrongPasswords).toBe(2)
  })

  test('has to prove itself anew once it is entered again', async () => {
    const { account, accounts, broker, login, passwordsSent } = await provenMorning()
    const values = { password: broker.credentials.password }
    await accounts.change('kite', { values, endpoints: broker.endpoints, acceptTerms: false })
    expect(account('kite').passwordProven).toBe(false)
    broker.fault({ at: PASSWORD, kind: 'reset-after-processing', times: 1 })
    expect(await login()).toMatchObject({ kind: 'budget-spent' })
    expect(passwordsSent()).toBe(1)
  })

  test('stays proven when something else is changed, and not for another user or server', async () => {
    const { account, accounts, broker } = await provenMorning()
    const unchanged = { values: {}, endpoints: broker.endpoints, acceptTerms: false }
    await accounts.change('kite', { ...unchanged, values: { api_secret: 'other' } })
    expect(account('kite').passwordProven).toBe(true)
    await accounts.change('kite', {
      ...unchanged,
      values: broker.credentials,
      endpoints: { ...broker.endpoints, web: 'http://127.0.0.1:9' },
    })
    expect(account('kite').passwordProven).toBe(false)
  })
})
