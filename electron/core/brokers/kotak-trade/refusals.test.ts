import { describe, expect, test } from 'vitest'
import { loginFailure } from '../../../../tests/support/failure.ts'
import { routes, tradeMorning } from '../../../../tests/support/kotak-trade-morning.ts'
import type { ProblemKind } from '../../../contract/state.ts'
import type { Attempts } from '../../state/attempts.ts'

type Spent = Attempts['spent']
const none: Spent = { password: 0, code: 0 }
const onePassword: Spent = { password: 1, code: 0 }
const typesCodes = { typed: { asks_access_code: 'yes' } }
const typing = { ask: () => Promise.resolve('4321') }

/** The meaning of each status in Kotak's documents. */
const meanings = new Map([
  [400, 'invalid or missing input parameters'],
  [401, 'verify the resource and path of the request'],
  [429, 'too many requests to the API'],
  [500, 'unexpected error'],
  [503, 'the Trade API service is unavailable'],
  [504, 'gateway timeout, the Trade API is unreachable'],
])

describe('a documented status has its own message', () => {
  const cases: [step: keyof typeof routes, status: number, kind: ProblemKind, spent: Spent][] = [
    ['open', 400, 'app-config', none],
    ['open', 401, 'app-config', none],
    ['open', 429, 'rate-limited', none],
    ['open', 500, 'broker-down', none],
    ['open', 503, 'broker-down', none],
    ['open', 504, 'broker-down', none],
    // The words are not about an entry.
    ['password', 400, 'protocol-changed', onePassword],
    ['password', 401, 'protocol-changed', onePassword],
    ['password', 429, 'rate-limited', none],
    ['password', 500, 'budget-spent', onePassword],
    ['password', 503, 'broker-down', none],
    ['password', 504, 'budget-spent', onePassword],
    ['noCode', 400, 'second-factor-needed', none],
    ['noCode', 401, 'second-factor-needed', none],
    ['noCode', 429, 'rate-limited', none],
    ['noCode', 500, 'broker-down', none],
    ['noCode', 503, 'broker-down', none],
    ['noCode', 504, 'broker-down', none],
    ['code', 400, 'protocol-changed', { password: 0, code: 1 }],
    ['code', 401, 'protocol-changed', { password: 0, code: 1 }],
    ['code', 429, 'rate-limited', none],
    ['code', 500, 'broker-down', { password: 0, code: 1 }],
    ['code', 503, 'broker-down', none],
    ['code', 504, 'broker-down', { password: 0, code: 1 }],
  ]
  test.each(cases)('%s: %i ends in %s', async (step, status, kind, spent) => {
    const { engine, broker, account } = await tradeMorning(step === 'code' ? typesCodes : {})
    broker.fault({ at: routes[step], kind: 'status', status, body: 'json', times: Infinity })
    const error = await loginFailure(engine.login('trade', typing))
    expect(error.kind).toBe(kind)
    expect(error.message).toContain(`(HTTP ${status}: ${meanings.get(status) ?? '?'})`)
    expect(error.brokerWords).toContain('The service is not available right now.')
    expect(account('trade').spent).toEqual(spent)
  })

  test.each([429, 500, 503, 504])('%i: also when a gateway says it in a web page', async (status) => {
    const { engine, broker } = await tradeMorning()
    broker.fault({ at: routes.open, kind: 'status', status, body: 'html' })
    const error = await loginFailure(engine.login('trade'))
    expect(error.message).toContain(meanings.get(status) ?? '?')
  })

  test.each([...meanings.keys()])('%i: also under HTTP 200', async (status) => {
    const { engine, broker } = await tradeMorning()
    const value = { fault: { code: status, message: 'No.' } }
    broker.fault({ at: routes.open, kind: 'json', status: 200, value })
    const error = await loginFailure(engine.login('trade'))
    expect(error).toMatchObject({ brokerWords: 'No.' })
    expect(error.message).toContain(meanings.get(status) ?? '?')
  })

  test.each([
    [400, 'protocol-changed', 'unverified'],
    [401, 'token-expired', 'rejected'],
    [403, 'token-expired', 'rejected'],
    [429, 'rate-limited', 'unverified'],
    [500, 'broker-down', 'unverified'],
    [502, 'broker-down', 'unverified'],
    [503, 'broker-down', 'unverified'],
    [504, 'broker-down', 'unverified'],
  ] as const)('%i when the session is tried ends in %s', async (status, kind, freshness) => {
    const { engine, broker, tokens } = await tradeMorning()
    await engine.login('trade')
    broker.fault({ at: routes.margin, kind: 'status', status, body: 'json' })
    const error = await loginFailure(engine.probe('trade', new AbortController().signal))
    expect(error.kind).toBe(kind)
    expect(error.message).toContain(`HTTP ${status}`)
    expect(tokens.freshness('trade')).toBe(freshness)
  })
})

describe('words about an entry blame it, under a documented status alone', () => {
  const cases: [step: keyof typeof routes, words: string, status: number, kind: ProblemKind][] = [
    ['password', 'Invalid userid or password', 401, 'bad-credentials'],
    ['password', 'Invalid userid or password', 404, 'protocol-changed'],
    ['password', 'Logins from this IP are not allowed', 403, 'ip-not-allowed'],
    ['password', 'Enter the captcha', 400, 'bot-wall'],
    ['code', 'Invalid access code', 401, 'bad-totp'],
    ['code', 'Invalid access code', 405, 'protocol-changed'],
  ]
  test.each(cases)('%s, “%s” with HTTP %i: %s', async (step, message, status, kind) => {
    const { engine, broker } = await tradeMorning(step === 'code' ? typesCodes : {})
    const value = { fault: { code: status, message } }
    broker.fault({ at: routes[step], kind: 'json', status, value, times: Infinity })
    expect((await loginFailure(engine.login('trade', typing))).kind).toBe(kind)
  })
})

describe('a code of Kotak’s own', () => {
  const noAccess = {
    code: 900901,
    message: 'Invalid Credentials',
    description: 'Access failure for API: /apim/session/1.0, version: 1.0 status: (900901)',
  }
  const noToken = { code: 50001, message: 'Invalid OneTimeToken', description: 'expired or not correct' }
  const locked = {
    code: 70009,
    message: 'Account Locked',
    description: 'Failure:User locked due to Bad tries',
  }
  const noEntry = { code: 999003, message: 'You are not authorized to access this platform' }
  const words = {
    noAccess: 'Invalid Credentials: Access failure for API: /apim/session/1.0, version: 1.0 status: (900901)',
    noToken: 'Invalid OneTimeToken: expired or not correct',
    locked: 'Account Locked: Failure:User locked due to Bad tries',
    noEntry: 'You are not authorized to access this platform',
  }
  const rows: [step: keyof typeof routes, number, unknown, ProblemKind, words: string, Spent][] = [
    ['open', 401, noAccess, 'app-config', words.noAccess, none],
    ['password', 401, noAccess, 'app-config', words.noAccess, none],
    ['noCode', 401, noAccess, 'app-config', words.noAccess, none],
    ['code', 401, noAccess, 'app-config', words.noAccess, none],
    ['noCode', 401, noToken, 'token-expired', words.noToken, none],
    ['code', 401, noToken, 'token-expired', words.noToken, none],
    ['open', 403, locked, 'account-locked', words.locked, none],
    ['password', 403, locked, 'account-locked', words.locked, onePassword],
    ['noCode', 403, locked, 'account-locked', words.locked, none],
    ['code', 403, locked, 'account-locked', words.locked, { password: 0, code: 1 }],
    ['password', 403, noEntry, 'subscription', words.noEntry, onePassword],
    ['open', 200, { ...noAccess, code: '900901' }, 'app-config', words.noAccess, none],
  ]
  test.each(rows)('at %s, HTTP %i: %o ends in %s', async (step, status, fault, kind, brokerWords, spent) => {
    const { engine, broker, account } = await tradeMorning(step === 'code' ? typesCodes : {})
    broker.fault({ at: routes[step], kind: 'json', status, value: { fault }, times: Infinity })
    const error = await loginFailure(engine.login('trade', typing))
    expect(error).toMatchObject({ kind, brokerWords })
    expect(error.message).not.toContain('HTTP')
    expect(account('trade').spent).toEqual(spent)
  })

  test.each(['noCode', 'code'] as const)(
    'at %s: a one-time token that is gone is fetched anew',
    async (step) => {
      const { engine, broker, asked } = await tradeMorning(step === 'code' ? typesCodes : {})
      broker.fault({ at: routes[step], kind: 'json', status: 401, value: { fault: noToken } })
      expect(await engine.login('trade', typing)).toBe('obtained')
      expect(asked().filter((route) => route === `api ${routes.open}`)).toHaveLength(2)
    },
  )
})

test.each([{}, { Success: null }, { Success: {} }, { success: { sessionToken: '' } }, []])(
  '%o is no success, whatever its status',
  async (value) => {
    const { engine, broker, tokens } = await tradeMorning()
    broker.fault({ at: routes.noCode, kind: 'json', status: 200, value })
    expect((await loginFailure(engine.login('trade'))).kind).toBe('protocol-changed')
    expect(tokens.freshness('trade')).toBe('none')
  },
)

test('JSON that says nothing is no proof of a session', async () => {
  const { engine, broker } = await tradeMorning()
  broker.fault({ at: routes.margin, kind: 'json', status: 200, value: {} })
  expect((await loginFailure(engine.login('trade'))).kind).toBe('protocol-changed')
})
