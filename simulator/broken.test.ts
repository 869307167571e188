import type { HttpReply } from '../electron/core/ports.ts'
import { beforeEach, describe, expect, test, vi } from 'vitest'

/** Describes a product that breaks one rule: a module with some exports replaced. */
interface Broken {
  readonly what: string
  /** The broker in whose mornings the broken rule shows. */
  readonly brokerId: 'upstox' | 'two-entry'
  readonly breakIt: () => void
  readonly found: RegExp
}

const LOGIN_PAGE = '../electron/core/brokers/upstox/login-page.ts'
const REFUSAL_WORDS = '../electron/core/brokers/kit/refusal-words.ts'
const PAGE_STEPS = '../electron/core/brokers/upstox/page-steps.ts'
const UPSTOX_REFUSALS = '../electron/core/brokers/upstox/refusals.ts'
const ENTRIES = '../electron/core/login/attempts/entries.ts'
const RETRY = '../electron/core/login/attempts/retry.ts'
const TOKEN_CALLS = '../electron/core/login/token-calls.ts'

type LoginPageModule = typeof import('../electron/core/brokers/upstox/login-page.ts')
type RefusalWords = typeof import('../electron/core/brokers/kit/refusal-words.ts')
type PageSteps = typeof import('../electron/core/brokers/upstox/page-steps.ts')
type UpstoxRefusals = typeof import('../electron/core/brokers/upstox/refusals.ts')
type EntriesModule = typeof import('../electron/core/login/attempts/entries.ts')
type Retry = typeof import('../electron/core/login/attempts/retry.ts')
type TokenCalls = typeof import('../electron/core/login/token-calls.ts')

const goneStatuses: ReadonlySet<number> = new Set([404, 405, 410])

/** Replaces the reply that Upstox's page reads for a code of the newer generation. */
function brokenPage(seen: (reply: HttpReply) => HttpReply): void {
  vi.doMock(LOGIN_PAGE, async (original: () => Promise<LoginPageModule>) => {
    const real = await original()
    class LoginPage extends real.LoginPage {
      override async post(...request: Parameters<InstanceType<LoginPageModule['LoginPage']>['post']>) {
        const reply = await super.post(...request)
        return request[0].includes('/v5/') ? seen(reply) : reply
      }
    }
    return { ...real, LoginPage }
  })
}

const broken: readonly Broken[] = [
  {
    what: 'a route that is gone blames the entry that was sent to it',
    brokerId: 'upstox',
    breakIt: () => {
      vi.doMock(REFUSAL_WORDS, async (original: () => Promise<RefusalWords>) => {
        const real = await original()
        const commonMeaning: RefusalWords['commonMeaning'] = (status, ...rest) =>
          goneStatuses.has(status) ? { kind: 'bad-credentials' } : real.commonMeaning(status, ...rest)
        return { ...real, commonMeaning }
      })
    },
    found: /the broker has refused no such entry/,
  },
  {
    what: 'a route that is gone costs an attempt',
    brokerId: 'upstox',
    breakIt: () => {
      vi.doMock(ENTRIES, async (original: () => Promise<EntriesModule>) => {
        const real = await original()
        const { LoginError } = await import('../electron/core/errors.ts')
        class Entries extends real.Entries {
          override fail(...[error, ...rest]: Parameters<InstanceType<EntriesModule['Entries']>['fail']>) {
            const isGone = error.kind === 'protocol-changed'
            return super.fail(isGone ? new LoginError('protocol-changed') : error, ...rest)
          }
        }
        return { ...real, Entries }
      })
    },
    found: /budget-spent/,
  },
  {
    what: 'a route that is gone is tried again',
    brokerId: 'upstox',
    breakIt: () => {
      vi.doMock(RETRY, async (original: () => Promise<Retry>) => {
        const real = await original()
        const pauseBeforeRetry: Retry['pauseBeforeRetry'] = (error, failures, ...rest) =>
          error.kind === 'protocol-changed' && failures.length === 0
            ? 0
            : real.pauseBeforeRetry(error, failures, ...rest)
        return { ...real, pauseBeforeRetry }
      })
    },
    found: /a route that is gone was asked twice/,
  },
  {
    what: 'the older generation of a login is not turned to',
    brokerId: 'upstox',
    breakIt: () => {
      brokenPage((reply) => (goneStatuses.has(reply.status) ? { ...reply, status: 400 } : reply))
    },
    found: /a login that could succeed did not|a login that met a route that is gone ended with/,
  },
  {
    what: 'the older generation is turned to after a refusal',
    brokerId: 'upstox',
    breakIt: () => {
      brokenPage((reply) => (reply.body.includes('"success":false') ? { ...reply, status: 404 } : reply))
    },
    found: /verify: something was sent that a route that is gone gave no reason for/,
  },
  {
    what: 'the PIN is sent to the older generation as well',
    brokerId: 'upstox',
    breakIt: () => {
      vi.doMock(PAGE_STEPS, async (original: () => Promise<PageSteps>) => {
        const real = await original()
        const sendPin: PageSteps['sendPin'] = (context, page, names, profile) =>
          real.sendPin(context, page, names, profile).catch(() => real.sendPin(context, page, names, null))
        return { ...real, sendPin }
      })
    },
    found: /auth\/2fa: something was sent that a route that is gone gave no reason for/,
  },
  {
    what: 'a probe that is not answered from here ends the token',
    brokerId: 'upstox',
    breakIt: () => {
      vi.doMock(UPSTOX_REFUSALS, async (original: () => Promise<UpstoxRefusals>) => {
        const real = await original()
        const { LoginError } = await import('../electron/core/errors.ts')
        const refusalError: UpstoxRefusals['refusalError'] = (status, call, refusal) =>
          call === 'token' && status === 401
            ? new LoginError('token-expired')
            : real.refusalError(status, call, refusal)
        return { ...real, refusalError }
      })
    },
    found:
      /a token that works was not kept|a login replaced a token that works|a login that could succeed did not/,
  },
  {
    what: 'a token that is not checked from here is not handed out',
    brokerId: 'upstox',
    breakIt: () => {
      vi.doMock(TOKEN_CALLS, async (original: () => Promise<TokenCalls>) => ({
        ...(await original()),
        isBesideToken: () => false,
      }))
    },
    found: /a login that could succeed did not/,
  },
  {
    what: 'only one of two entries is settled',
    brokerId: 'two-entry',
    breakIt: () => {
      vi.doMock(ENTRIES, async (original: () => Promise<EntriesModule>) => {
        const real = await original()
        class Entries extends real.Entries {
          override accept(kinds: Parameters<InstanceType<EntriesModule['Entries']>['accept']>[0]): void {
            super.accept(kinds.slice(0, 1))
          }
        }
        return { ...real, Entries }
      })
    },
    found: /budget-spent/,
  },
  {
    what: 'only one of two entries is written down',
    brokerId: 'two-entry',
    breakIt: () => {
      vi.doMock(ENTRIES, async (original: () => Promise<EntriesModule>) => {
        const real = await original()
        class Entries extends real.Entries {
          override spend(
            ...[kinds, now, window]: Parameters<InstanceType<EntriesModule['Entries']>['spend']>
          ) {
            return super.spend(kinds.slice(-1), now, window)
          }
        }
        return { ...real, Entries }
      })
    },
    found: /a password was sent for the/,
  },
]

/** Most rules break much earlier. The first morning away from the registered address is the 64th. */
const MORNINGS = 70

test.each(['upstox', 'two-entry'])('%s breaks no rule as it is', { timeout: 120_000 }, async (brokerId) => {
  const { simulate } = await import('./mornings.ts')
  expect((await simulate(MORNINGS, 1, brokerId)).violation).toBe(null)
})

describe('the simulator finds a product in which', () => {
  beforeEach(() => {
    vi.resetModules()
    for (const path of [
      LOGIN_PAGE,
      REFUSAL_WORDS,
      PAGE_STEPS,
      UPSTOX_REFUSALS,
      ENTRIES,
      RETRY,
      TOKEN_CALLS,
    ]) {
      vi.doUnmock(path)
    }
  })

  test.each(broken)('$what', { timeout: 120_000 }, async ({ breakIt, brokerId, found }) => {
    breakIt()
    const { simulate } = await import('./mornings.ts')
    const { violation } = await simulate(MORNINGS, 1, brokerId)
    expect(violation?.message).toMatch(found)
  })
})
