import { describe, expect, test } from 'vitest'
import type { ProblemKind } from '../../electron/contract/state.ts'
import type { LoginError } from '../../electron/core/errors.ts'
import type { Attempts } from '../../electron/core/state/attempts.ts'
import { withAccount } from '../../electron/core/state/state.ts'
import type { Fault, PlannedFault } from '../../practice/faults.ts'
import { brokerMorning, brokerOf, practiceOf, type BrokerMorningOptions } from './broker-morning.ts'
import { loginFailure } from './failure.ts'

type Morning = Awaited<ReturnType<typeof brokerMorning>>

const nothingSpent: Attempts['spent'] = { password: 0, code: 0 }

/** What a login is expected to end with. */
interface Ending {
  readonly kind: ProblemKind
  /** What the broker's words contain; absent where they are not looked at. */
  readonly words?: string
  /** What the next step contains, so that a trader can follow it. */
  readonly next?: string
  /** The attempts that stay spent; nothing by default. */
  readonly spent?: Attempts['spent']
}

/** A wrong value that the user has typed, and what becomes of it. */
export interface WrongEntry extends Ending {
  readonly typed: Readonly<Record<string, string>>
}

/** A reply that stands in for the broker's own, and what becomes of it: a row of the broker's table of errors. */
export interface RefusedStep extends Ending {
  /** The route, such as `POST /login`. */
  readonly at: string
  readonly status: number
  readonly json: unknown
}

/** A broker's cases. Each wrong entry needs one, and so does each row of the table in docs/brokers.md. */
export interface BrokerCases {
  /** The kind of a password or PIN, TOTP secret, or app that is wrong; what a broker does not have is left out. */
  readonly wrong: Readonly<Partial<Record<'password' | 'code' | 'app', WrongEntry>>> &
    Readonly<Record<string, WrongEntry>>
  /** What a blocked account gets; null where the broker blocks none that is known. */
  readonly locked: Ending | null
  readonly refusals: Readonly<Record<string, RefusedStep>>
  /** The routes of a login in their order, where the broker serves two generations of some of them. */
  readonly routes?: readonly string[]
  /** Routes that answer by a redirect in place of JSON; none by default. */
  readonly redirects?: readonly string[]
  /** When a token ends that was issued on Saturday 21 November 2026 at 08:15:05 in India, as ISO date; null for unknown. */
  readonly expires: string | null
  /** Further options of the morning that all cases need. */
  readonly morning?: BrokerMorningOptions
}

/** Runs the tests that every broker on the kit has to pass, with its own cases. */
export function brokerConformance(id: string, cases: BrokerCases): void {
  const { simulation } = practiceOf(id)
  const { needed, probe, elsewhere, pairs } = simulation.loginRoutes
  const routes = cases.routes ?? [...needed, probe]
  const entryRoutes = Object.keys(simulation.entries).filter((route) => routes.includes(route))
  const start = (options: BrokerMorningOptions = {}): Promise<Morning> =>
    brokerMorning(id, { ...cases.morning, ...options })

  async function expectEnding(morning: Morning, expected: Ending, error: LoginError): Promise<void> {
    expect(error.kind).toBe(expected.kind)
    expect(error.brokerWords ?? '').toContain(expected.words ?? '')
    expect(error.next).toContain(expected.next ?? '')
    expect(morning.own().spent).toEqual(expected.spent ?? nothingSpent)
    expect(morning.own().problem?.kind).toBe(expected.kind)
    await Promise.resolve()
  }

  const withFault = async (fault: Fault, at: string, times = 1): Promise<Morning> => {
    const morning = await start()
    morning.practice.fault({ ...fault, at, times } satisfies PlannedFault)
    return morning
  }

  describe(`${id}: a login`, () => {
    test('takes the requests of its protocol, and no more', async () => {
      const { engine, practice, asked, own } = await start()
      expect(await engine.login(id)).toBe('obtained')
      expect(asked().slice(0, routes.length)).toEqual(routes)
      expect(own()).toMatchObject({ spent: nothingSpent, problem: null, token: { seen: 'accepted' } })
      expect(practice.loginsCompleted).toBe(1)
    })

    test('keeps a token that the broker accepts, and asks for no other', async () => {
      const { engine, tokens, practice } = await start()
      await engine.login(id)
      const bundle = await tokens.bundle(id)
      const token = Object.fromEntries(
        Object.entries(bundle).map(([field, value]) => [field, value.reveal()]),
      )
      expect(Object.keys(token)).toEqual(expect.arrayContaining([...brokerOf(id).tokenFields]))
      expect(practice.accepts(token)).toBe(true)
      expect(await engine.login(id)).toBe('kept')
      expect(practice.loginsCompleted).toBe(1)
    })

    test('says when the token ends', async () => {
      const { engine, own } = await start()
      await engine.login(id)
      const { expiresAt = null } = own().token ?? {}
      expect(expiresAt === null ? null : new Date(expiresAt).toISOString()).toBe(cases.expires)
    })

    test('names every step in its own list', async () => {
      const { engine, own } = await start()
      await engine.login(id)
      const steps = brokerOf(id).steps.map((step) => step.id)
      const traced = own().trace?.lines.map(({ step }) => step) ?? []
      expect(steps).toEqual(expect.arrayContaining([...new Set(traced)].filter((step) => step !== 'login')))
      expect(steps.at(-1)).toBe('probe')
    })
  })

  describe(`${id}: what the user has wrong`, () => {
    test.each(Object.entries(cases.wrong))('%s', async (_what, { typed, ...expected }) => {
      const morning = await start({ typed })
      await expectEnding(morning, expected, await morning.failure())
    })

    test.runIf('password' in cases.wrong)(
      'a wrong password is not sent again until it is entered',
      async () => {
        const { typed = {} } = cases.wrong.password ?? {}
        const morning = await start({ typed })
        await morning.failure()
        const { engine, practice, clock, accounts, endpoints, values } = morning
        const before = practice.wrongPasswords
        for (const ms of [60_000, 600_000]) {
          clock.advance(ms)
          expect((await loginFailure(engine.login(id, { force: true }))).retrySafe).toBe(false)
        }
        expect(practice.wrongPasswords).toBe(before)
        clock.advance(3_600_000)
        await accounts.change(id, {
          values: { ...values, ...rightOnes(morning, typed) },
          endpoints,
          acceptTerms: false,
        })
        expect(await engine.login(id)).toBe('obtained')
      },
    )

    test.runIf(cases.locked !== null)('an account that the broker has locked', async () => {
      const morning = await start()
      morning.practice.block()
      const expected = cases.locked ?? { kind: 'account-locked' }
      await expectEnding(morning, expected, await morning.failure())
    })
  })

  describe.each(simulation.limits ?? [])(
    `${id}: at most $logins logins in $withinMs ms`,
    ({ logins, withinMs }) => {
      test('are sent, by no process and not by force', async () => {
        const { engine, practice, clock, own, store } = await start()
        const limits = brokerOf(id).loginLimits ?? []
        expect(limits.some((limit) => limit.logins <= logins && limit.withinMs >= withinMs)).toBe(true)
        await engine.login(id)
        const began = own().loginsAt?.at(-1) ?? clock.now()
        store.state = withAccount(store.state, id, (account) => ({
          ...account,
          loginsAt: Array.from({ length: logins }, () => began),
        }))
        const before = practice.requests.length
        expect((await loginFailure(engine.login(id, { force: true }))).kind).toBe('rate-limited')
        expect(practice.requests.length).toBe(before)
        expect(await engine.login(id)).toBe('kept')
        clock.advance(Math.max(...limits.map((limit) => limit.withinMs)))
        expect(await engine.login(id, { force: true })).toBe('obtained')
      })
    },
  )

  describe.each(entryRoutes)(`${id}: a lost reply at %s`, (at) => {
    const carried = (simulation.entries[at] ?? []).map(({ entry }) => entry)

    test('leaves the attempts spent, and sends no unproven password again', async () => {
      const { engine, own, practice, clock } = await withFault({ kind: 'reset-after-processing' }, at)
      const error = await loginFailure(engine.login(id))
      const isPasswordOpen = carried.includes('password')
      expect(error.kind).toBe(isPasswordOpen ? 'budget-spent' : 'network')
      for (const entry of carried) expect(own().spent[entry]).toBe(1)
      clock.advance(30 * 60_000)
      if (isPasswordOpen) {
        const before = practice.requests.length
        expect((await loginFailure(engine.login(id))).kind).toBe('budget-spent')
        expect(practice.requests.length).toBe(before)
      } else expect(await engine.login(id)).toBe('obtained')
    })

    test('and a proven password is sent once more', async () => {
      const { engine, practice, clock, account } = await start()
      await engine.login(id)
      clock.advance(30 * 60_000)
      practice.endSessions()
      practice.fault({ at, kind: 'reset-after-processing' })
      await loginFailure(engine.login(id, { force: true }))
      clock.advance(30 * 60_000)
      expect(await engine.login(id, { force: true })).toBe('obtained')
      expect(account(id).spent).toEqual(nothingSpent)
    })
  })

  describe.each(routes)(`${id}: trouble at %s`, (at) => {
    const isEntry = at in simulation.entries
    const isRedirect = cases.redirects?.includes(at) === true

    test('429 with Retry-After: nothing is spent, and nothing is sent until then', async () => {
      const { engine, practice, own, clock } = await withFault(
        { kind: 'status', status: 429, retryAfter: '90' },
        at,
      )
      expect((await loginFailure(engine.login(id))).kind).toBe('rate-limited')
      expect(own().coolDownUntil).toBe(clock.now() + 90_000)
      if (isEntry) expect(own().spent).toEqual(nothingSpent)
      const before = practice.requests.length
      expect((await loginFailure(engine.login(id, { force: true }))).kind).toBe('rate-limited')
      expect(practice.requests.length).toBe(before)
    })

    test.each([500, 502, 503, 504])('%i is the broker’s own trouble', async (status) => {
      for (const body of ['json', 'html'] as const) {
        const { engine, own } = await withFault({ kind: 'status', status, body }, at)
        const { kind } = await loginFailure(engine.login(id))
        const isOpen = isEntry && status !== 503 && carries(at, 'password')
        expect(kind).toBe(isOpen ? 'budget-spent' : 'broker-down')
        if (status === 503) expect(own().spent).toEqual(nothingSpent)
      }
    })

    test.each(isRedirect ? ([403] as const) : ([200, 403] as const))(
      'a wall for robots with status %i blames nobody',
      async (status) => {
        const { engine } = await withFault({ kind: 'html-wall', status }, at)
        expect((await loginFailure(engine.login(id))).kind).toBe('bot-wall')
      },
    )

    test.skipIf(isRedirect)('JSON that is cut short', async () => {
      const { engine } = await withFault({ kind: 'truncated' }, at)
      expect((await loginFailure(engine.login(id))).kind).toBe('protocol-changed')
    })

    // Without the newer generation a login turns to the older one.
    test.each(at === pairs?.newer.code ? [] : [404, 405, 410])(
      '%i: a route that is gone costs nothing',
      async (status) => {
        const { engine, own, asked } = await withFault({ kind: 'status', status, body: 'json' }, at)
        expect((await loginFailure(engine.login(id))).kind).toBe('protocol-changed')
        if (isEntry) expect(own().spent).toEqual(nothingSpent)
        expect(asked().at(-1)).toBe(at)
      },
    )

    test('nothing that was sent gets into the broker’s words', async () => {
      const morning = await withFault({ kind: 'echo' }, at, Infinity)
      const error = await morning.failure()
      const saved = JSON.stringify(morning.own())
      for (const { name, kind } of brokerOf(id).fields) {
        const value = morning.values[name] ?? ''
        if (kind === 'setting' || value === '') continue
        expect(error.brokerWords ?? '').not.toContain(value)
        expect(saved).not.toContain(value)
      }
      // The first characters of a JSON Web Token.
      expect(error.brokerWords ?? '').not.toContain('eyJ')
    })
  })

  const carries = (at: string, entry: 'password' | 'code'): boolean =>
    (simulation.entries[at] ?? []).some((carried) => carried.entry === entry)

  describe(`${id}: what the broker may answer`, () => {
    test.each(Object.entries(cases.refusals))('%s', async (_what, { at, status, json, ...expected }) => {
      const morning = await withFault({ kind: 'json', status, value: json }, at, Infinity)
      await expectEnding(morning, expected, await morning.failure())
    })
  })

  describe(`${id}: a token`, () => {
    test('that has ended is replaced', async () => {
      const { engine, practice, clock } = await start()
      await engine.login(id)
      clock.advance(30 * 60_000)
      practice.endSessions()
      const signal = new AbortController().signal
      expect((await loginFailure(engine.probe(id, signal))).kind).toBe('token-expired')
      expect(await engine.login(id)).toBe('obtained')
      expect(practice.loginsCompleted).toBe(2)
    })

    test.runIf(elsewhere.length > 0)(
      'is kept where the broker does not answer from this address',
      async () => {
        for (const { status, body } of elsewhere) {
          const { engine, practice, own } = await start()
          await engine.login(id)
          const value: unknown = JSON.parse(body)
          practice.fault({ at: probe, kind: 'json', status, value, times: Infinity })
          expect(await engine.login(id)).toBe('kept')
          expect(own()).toMatchObject({ token: { seen: 'unverified' }, problem: { kind: 'ip-not-allowed' } })
          expect(practice.loginsCompleted).toBe(1)
        }
      },
    )

    test('is revoked at the broker, or forgotten where the broker has no call for it', async () => {
      const { engine, practice, tokens, own } = await start()
      await engine.login(id)
      const bundle = await tokens.bundle(id)
      const token = Object.fromEntries(
        Object.entries(bundle).map(([field, value]) => [field, value.reveal()]),
      )
      const isRevoked = brokerOf(id).revoke !== null
      const signal = new AbortController().signal
      expect(await engine.logout(id, signal)).toBe(isRevoked ? 'revoked' : 'forgotten')
      expect(practice.accepts(token)).toBe(!isRevoked)
      expect(own().token).toBe(null)
    })
  })
}

/** Returns the right values of what was typed wrong. */
const rightOnes = ({ practice }: Morning, typed: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.keys(typed).map((field) => [field, practice.credentials[field] ?? '']))
