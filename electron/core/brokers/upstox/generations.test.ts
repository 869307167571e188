import { describe, expect, test } from 'vitest'
import { FAMILY } from '../../../../practice/upstox/person.ts'
import { loginFailure } from '../../../../tests/support/failure.ts'
import {
  answering,
  olderRoutes,
  routes,
  upstoxMorning,
  type UpstoxMorningOptions,
} from '../../../../tests/support/upstox-morning.ts'
import { Wiretap } from '../../../../tests/support/wiretap.ts'
import { LoginEngine } from '../../login/engine.ts'

const { open, number, code, pin, approve, exchange, probe, addresses } = routes
const older = [open, number, code, olderRoutes.code, olderRoutes.pin, approve, exchange, probe, addresses]

/** Starts at an Upstox with a recorder of all requests. */
async function tappedMorning(options: UpstoxMorningOptions) {
  const parts = await upstoxMorning(options)
  const tap = new Wiretap(parts.openHttp)
  return { ...parts, tap, engine: new LoginEngine({ ...parts, openHttp: tap.openHttp }) }
}

describe('the generations of the login', () => {
  test.each<[string, UpstoxMorningOptions['generations'], readonly string[]]>([
    ['both', {}, Object.values(routes)],
    ['the newer alone', { older: false }, Object.values(routes)],
    ['the older alone', { newer: false }, older],
    ['the newer gone for good', { newer: false, goneStatus: 410 }, older],
    ['the newer under another method', { newer: false, goneStatus: 405 }, older],
  ])('%s: the newer first, the older only where that is gone', async (_, generations, expected) => {
    const { engine, broker, account, paths } = await upstoxMorning({ ...(generations && { generations }) })
    expect(await engine.login('upstox')).toBe('obtained')
    expect(paths()).toEqual(expected)
    // The older route accepts the code that the missing route got.
    expect([broker.codesSeen.length, broker.wrongCodes, broker.wrongPasswords]).toEqual([1, 0, 0])
    expect(account('upstox').codesSent).toHaveLength(1)
    expect(account('upstox').spent).toEqual({ password: 0, code: 0 })
  })

  test('a web page in place of the newer leads to the older too', async () => {
    const { engine, broker } = await upstoxMorning()
    broker.fault({ at: code, kind: 'status', status: 404, body: 'html' })
    expect(await engine.login('upstox')).toBe('obtained')
  })

  test('both gone: nothing is blamed, nothing is spent', async () => {
    const { engine, account } = await upstoxMorning({ generations: { newer: false, older: false } })
    expect((await loginFailure(engine.login('upstox'))).kind).toBe('protocol-changed')
    expect(account('upstox').spent).toEqual({ password: 0, code: 0 })
  })

  test.each([400, 401, 403, 422, 500, 503])(
    'a code refused with %i is not sent to the other',
    async (status) => {
      const { engine, broker, paths } = await upstoxMorning()
      const value = { success: false, error: { code: 'X', message: 'Invalid OTP. 4 attempts left.' } }
      broker.fault({ at: code, kind: 'json', status, value, times: Infinity })
      const login = loginFailure(engine.login('upstox'))
      if (status >= 500) {
        await broker.waitFor(code)
        engine.cancel('upstox')
      }
      await login
      expect(paths()).not.toContain(olderRoutes.code)
    },
  )

  test.each([404, 405, 410])('a PIN that met a %i is not sent to the other', async (status) => {
    const { engine, broker, account, paths } = await upstoxMorning()
    const value = { success: false, error: { code: '404', message: 'Resource not found' } }
    broker.fault({ at: pin, kind: 'json', status, value })
    expect((await loginFailure(engine.login('upstox'))).kind).toBe('protocol-changed')
    expect(paths()).toEqual([open, number, code, pin])
    expect(account('upstox').spent).toEqual({ password: 0, code: 0 })
  })

  test.each([{}, { generations: { newer: false } }])(
    'the page’s own redirect is used, and the usual one where its address has none (%o)',
    async (options) => {
      for (const namesRedirect of [true, false]) {
        const { engine, tap } = await tappedMorning({ ...options, namesRedirect })
        expect(await engine.login('upstox')).toBe('obtained')
        expect(tap.values('redirect_uri').filter((uri) => uri.startsWith('https:'))).toEqual(
          Array(namesRedirect ? 3 : 2).fill(
            `https://api-v2.upstox.com/login/authorization/${namesRedirect ? 'practice-redirect' : 'redirect'}`,
          ),
        )
      }
    },
  )

  test('a code that comes with the PIN’s reply needs no approval', async () => {
    const { engine, paths } = await upstoxMorning({ codeWithPin: true })
    expect(await engine.login('upstox')).toBe('obtained')
    expect(paths()).toEqual([open, number, code, pin, exchange, probe, addresses])
  })

  test('a number outside India is sent with its country code', async () => {
    const { engine } = await upstoxMorning({ credentials: { username: '+971501234567' } })
    expect(await engine.login('upstox')).toBe('obtained')
  })
})

describe('several accounts with one mobile number', () => {
  test.each<[string, UpstoxMorningOptions, string]>([
    ['the app’s owner, though another is the default', { profiles: FAMILY }, 'PR0001'],
    [
      'the one the user wants',
      { profiles: FAMILY, holder: 'PR0003', typed: { user_id: 'pr0003' } },
      'PR0003',
    ],
    [
      'the default where the owner is not among them',
      { profiles: FAMILY.filter(({ userId }) => userId !== 'PR0001'), holder: 'PR0002' },
      'PR0002',
    ],
    [
      'the only one, whoever it is',
      { profiles: [{ profileId: 9, userId: 'PR0009', isDefault: false }], holder: 'PR0009' },
      'PR0009',
    ],
  ])('%s is logged in to', async (_, options, userId) => {
    const { engine, broker, tap } = await tappedMorning(options)
    expect(await engine.login('upstox')).toBe('obtained')
    expect(tap.values('x-user-id')).toEqual([userId])
    expect([broker.wrongPasswords, broker.loginsCompleted]).toEqual([0, 1])
  })

  test('of which none fits: the user is asked for it before the PIN leaves', async () => {
    const profiles = FAMILY.filter(({ userId }) => userId !== 'PR0001').map((one) => ({
      ...one,
      isDefault: false,
    }))
    const { engine, account, paths } = await upstoxMorning({ profiles })
    const error = await loginFailure(engine.login('upstox'))
    expect(error.message).toBe('Several Upstox accounts have this mobile number: PR0002, PR0003.')
    expect(error.next).toContain('Upstox user ID')
    expect(paths()).toEqual([open, number, code])
    expect(account('upstox').spent).toEqual({ password: 0, code: 0 })
  })

  test.each([{ profiles: FAMILY }, { generations: { newer: false } }])(
    'the one the user wants is not among them: no PIN leaves (%o)',
    async (options) => {
      const { engine, paths } = await upstoxMorning({ ...options, typed: { user_id: 'XX9999' } })
      const error = await loginFailure(engine.login('upstox'))
      expect(error.message).toMatch(/is not that of the Upstox account XX9999 but of .*PR0001/)
      expect(paths().join()).not.toContain('/2fa')
    },
  )

  test('a reply without a list goes on with the older PIN call', async () => {
    const { engine, paths } = await upstoxMorning({ profiles: [] })
    expect(await engine.login('upstox')).toBe('obtained')
    expect(paths()).toEqual([open, number, code, olderRoutes.pin, approve, exchange, probe, addresses])
  })

  test.each([
    { profileId: 1.5, userId: 'PR0001' },
    { profileId: '1a', userId: 'PR0001' },
    { profileId: 1, userId: 'PR\r\n0001' },
    { userId: 'PR0001' },
    { profileId: 1 },
  ])('a list that makes no sense is a changed login: %o', async (entry) => {
    const parts = await upstoxMorning()
    const reply = { success: true, data: { accounts: [entry] } }
    const engine = new LoginEngine({ ...parts, openHttp: answering(parts.openHttp, code, reply) })
    expect((await loginFailure(engine.login('upstox'))).kind).toBe('protocol-changed')
    expect(parts.paths().join()).not.toContain('/2fa')
  })
})

describe('whose token it is', () => {
  test.each([{}, { generations: { newer: false } }])(
    'another one’s is dropped, and both are named (%o)',
    async (options) => {
      const { engine, broker, tokens } = await upstoxMorning({ ...options, tokenOf: 'PR0002' })
      const error = await loginFailure(engine.login('upstox'))
      expect(error.message).toBe(
        'The login was that of PR0002, and this account is for PR0001. Its token was not kept.',
      )
      expect(JSON.stringify(error.toProblem(0))).not.toContain('practice@example.com')
      expect([tokens.freshness('upstox'), broker.loginsCompleted]).toEqual(['none', 1])
    },
  )

  test.each([{}, { user_id: 7 }, { user_id: null }, { user_id: 'x y' }])(
    'is not asked where the reply does not say it (%o)',
    async (said) => {
      const parts = await upstoxMorning()
      const reply = { access_token: 'made-up-token', ...said }
      const openHttp = answering(answering(parts.openHttp, exchange, reply), probe, {
        status: 'success',
        data: { user_id: 'PR0001' },
      })
      expect(await new LoginEngine({ ...parts, openHttp }).login('upstox')).toBe('obtained')
    },
  )
})
