import { describe, expect, test } from 'vitest'
import {
  converse,
  loginMornings,
  nothing,
  routeOf,
  trueReplies,
  type Morning,
} from '../../../tests/support/spoilt-login.ts'
import { definedBrokers } from '../../../practice/defined.ts'
import type { ProblemKind } from '../../contract/state.ts'
import { LoginError } from '../errors.ts'
import type { HttpReply } from '../ports.ts'
import { AccountHandle } from '../state/account-handle.ts'
import { registry } from './registry.ts'

const STATUSES = [200, 302, 400, 401, 403, 404, 405, 409, 410, 418, 422, 429, 500, 502, 503, 504] as const
/** The statuses that rarer bodies and words are tried with too: a success and the kinds of refusal. */
const MAIN_STATUSES: ReadonlySet<number> = new Set([200, 400, 401, 403, 404, 500])
const WORDS = ['Invalid password', 'Invalid TOTP', 'Invalid PIN']
const blamed: ReadonlySet<ProblemKind> = new Set(['bad-credentials', 'bad-totp'])

/** The refusal envelope of every broker. */
const envelopes: Readonly<Record<string, (message: string, code: string) => unknown>> = {
  kite: (message) => ({ status: 'error', message, error_type: 'SomeException', data: null }),
  'upstox page': (message, code) => ({ success: false, error: { code, message } }),
  'upstox api': (message, errorCode) => ({ status: 'error', errors: [{ errorCode, message }] }),
  'neo error': (message, code) => ({ error: [{ code, message }] }),
  'neo errMsg': (errMsg, stCode) => ({ stat: 'Not_Ok', stCode, errMsg }),
  'kotak fault': (message, code) => ({ fault: { code, message, description: message } }),
  ...Object.fromEntries(
    definedBrokers.map(({ id, model }) => {
      const { refuse } = model()
      return [id, (message: string): unknown => JSON.parse(refuse(400, message).body)]
    }),
  ),
}

type Stranger = readonly [what: string, type: string, body: string]

/** Returns words in the envelope of every broker, each envelope once. */
function enveloped(what: string, message: string, code: string): Stranger[] {
  const names = new Map<string, string>()
  for (const [name, envelope] of Object.entries(envelopes)) {
    names.set(JSON.stringify(envelope(message, code)), name)
  }
  return Array.from(names, ([body, name]): Stranger => [`${name}: ${what}`, 'application/json', body])
}

/** Bodies without words or codes about an entry. */
const strangers: readonly Stranger[] = [
  ['nothing', 'application/json', ''],
  ['a page', 'text/html', '<html><body>Welcome</body></html>'],
  ['a captcha page', 'text/html', '<html><body>Please solve this captcha</body></html>'],
  ['cut JSON', 'application/json', '{"status":"err'],
  ['JSON that says nothing', 'application/json', '{}'],
  ...enveloped('unknown code and words', 'Something is amiss', 'X9'),
]
const rarerStrangers: readonly Stranger[] = [
  ...enveloped('no words', '', ''),
  ...enveloped('a route that is gone', 'Route not found', '404'),
]

/** Returns the error of a login with the reply of a route replaced; null for a success. */
async function endWith(
  parts: Morning,
  account: string,
  replies: ReadonlyMap<string, HttpReply>,
  route: string,
  instead: HttpReply,
): Promise<ProblemKind | null> {
  try {
    await converse(parts, account, () => ({
      send: (request) => {
        const asked = routeOf(request)
        return Promise.resolve(asked === route ? instead : (replies.get(asked) ?? nothing))
      },
      prepare: () => Promise.resolve(),
    }))
    return null
  } catch (error) {
    if (error instanceof LoginError) return error.kind
    throw error
  }
}

const replyOf = (status: number, type: string, body: string): HttpReply => ({
  status,
  headers: new Headers({ 'content-type': type }),
  body,
})

describe.each(loginMornings)('%s', (_name, account, start) => {
  test('no reply without a word or a code about an entry is blamed on one, in any step', async () => {
    const parts = await start()
    const replies = await trueReplies(parts, account)
    const wronged: string[] = []
    let tried = 0
    for (const route of replies.keys()) {
      for (const status of STATUSES) {
        const bodies = MAIN_STATUSES.has(status) ? [...strangers, ...rarerStrangers] : strangers
        for (const [what, type, body] of bodies) {
          const kind = await endWith(parts, account, replies, route, replyOf(status, type, body))
          tried++
          if (kind !== null && blamed.has(kind)) wronged.push(`${route}: ${status} with ${what} is ${kind}`)
        }
      }
    }
    expect(wronged).toEqual([])
    expect(tried).toBeGreaterThan(200)
  })

  test('and the words about one are, under the statuses of a refusal alone', async () => {
    const parts = await start()
    const replies = await trueReplies(parts, account)
    const blamedAt = new Set<number>()
    for (const route of replies.keys()) {
      for (const status of STATUSES) {
        for (const envelope of Object.values(envelopes)) {
          for (const words of MAIN_STATUSES.has(status) ? WORDS : WORDS.slice(0, 1)) {
            const instead = replyOf(status, 'application/json', JSON.stringify(envelope(words, '')))
            const kind = await endWith(parts, account, replies, route, instead)
            if (kind !== null && blamed.has(kind)) blamedAt.add(status)
          }
        }
      }
    }
    // A login without password and code has nothing to blame.
    const { fields } = new AccountHandle(account, parts.store, registry).broker
    expect(blamedAt.has(400)).toBe(fields.some(({ kind }) => kind === 'guarded' || kind === 'totp'))
    expect([...blamedAt].filter((status) => ![200, 400, 401, 403, 422].includes(status))).toEqual([])
  })
})
