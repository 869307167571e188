import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  FUZZ_TIMEOUT_MS,
  fuzz,
  mangled,
  mangledJson,
  withOtherValue,
} from '../../../tests/support/mangled.ts'
import {
  converse,
  loginMornings,
  nothing,
  routeOf,
  trueReplies,
} from '../../../tests/support/spoilt-login.ts'
import { definedBrokers } from '../../../practice/defined.ts'
import { LoginError } from '../errors.ts'
import type { HttpReply, ReplyHeaders } from '../ports.ts'

describe('whatever a broker answers', { timeout: FUZZ_TIMEOUT_MS }, () => {
  test.each(loginMornings)(
    '%s: a login ends in a token or a sentence for the user',
    async (_, account, start) => {
      const parts = await start()
      const replies = await trueReplies(parts, account)
      await fuzz(
        fc.array(spoiling([...replies.values()]), { minLength: 1, maxLength: 10 }),
        LoginError,
        (spoilt) => {
          const changes = spoilt.values()
          return converse(parts, account, ({ origins, domains = [] }) => ({
            send: (request) => {
              const { hostname, origin } = request.url
              const isOwn = origins.includes(origin) || domains.some((name) => hostname.endsWith(`.${name}`))
              if (!isOwn) return Promise.reject(new LoginError('protocol-changed'))
              const reply = replies.get(routeOf(request)) ?? nothing
              return Promise.resolve(changes.next().value?.(reply) ?? reply)
            },
            prepare: () => Promise.resolve(),
          }))
        },
      )
    },
  )
})

describe('a flood of keys and then of words', { timeout: FUZZ_TIMEOUT_MS }, () => {
  const keys = Array.from({ length: 45_000 }, (_, index) => `K${String(index).padStart(15, '0')}`)
  const words = `${keys[44_999]} ${'no words that anybody reads '.repeat(32_000)}`
  const floods = [
    { status: 200, body: JSON.stringify({ keys }) },
    { status: 400, body: JSON.stringify({ status: 'error', message: words, error_type: 'InputException' }) },
  ]

  test.each(loginMornings)('%s: ends a login without a key in its words', async (_, account, start) => {
    const parts = await start()
    const headers = new Headers({ 'content-type': 'application/json' })
    const replies = floods.map((flood) => ({ headers, ...flood }))
    for (const all of [replies, [...replies.slice(0, 1), ...replies], [...replies, ...replies]]) {
      const left = all.values()
      const error: unknown = await converse(parts, account, () => ({
        send: () => Promise.resolve(left.next().value ?? nothing),
        prepare: () => Promise.resolve(),
      })).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(LoginError)
      expect(error instanceof LoginError ? (error.brokerWords ?? '') : '').not.toContain('K0000')
    }
  })
})

/** The refusals of each broker. */
const refusals = [
  { status: 'error', message: 'Invalid TOTP. 4 attempts left.', error_type: 'TwoFAException' },
  { status: 'error', errors: [{ errorCode: 'UDAPI100068', message: 'Check your client_id' }] },
  { success: false, error: { code: 1017076, message: 'The code is wrong' } },
  { error: [{ code: '10522', message: 'Invalid TOTP' }] },
  { stat: 'Not_Ok', stCode: 100022, errMsg: 'session is invalid' },
  { fault: { code: 900901, message: 'Invalid Credentials', description: 'Check the access token' } },
]
  .map((json) => JSON.stringify(json))
  .concat(definedBrokers.map(({ model }) => model().refuse(400, 'Invalid TOTP. 4 attempts left.').body))

/** Mutations of a reply to other valid HTTP replies, most of them small. */
function spoiling(replies: readonly HttpReply[]): fc.Arbitrary<(reply: HttpReply) => HttpReply> {
  const isJson = ({ body }: HttpReply): boolean => body.startsWith('{')
  const bodies = [...replies.filter(isJson).map(({ body }) => body), ...refusals]
  const locations = replies.map(({ headers }) => headers.get('location') ?? 'https://example.com/?code=1')
  const changed = fc.record(
    {
      status: fc.oneof(fc.constantFrom(200, 302, 400, 401, 403, 429, 500, 502, 503), fc.nat(999)),
      body: fc.oneof(mangledJson(...bodies), mangled('<html>')),
      type: fc.oneof(fc.constantFrom('application/json', 'text/html', ''), headerOf(mangled('text/plain'))),
      location: headerOf(mangled(...locations)),
      cookie: headerOf(mangled('enctoken=abc%3D%3D; path=/')),
      retryAfter: headerOf(mangled('60', 'Sat, 21 Nov 2026 03:00:00 GMT')),
    },
    { requiredKeys: [] },
  )
  const change = changed.map(({ status, body, type, location, cookie, retryAfter }) => (reply: HttpReply) => {
    const others = new Map([
      ['content-type', type],
      ['location', location],
      ['retry-after', retryAfter],
    ])
    const headers: ReplyHeaders = {
      get: (name) => others.get(name) ?? reply.headers.get(name),
      getSetCookie: () => [...reply.headers.getSetCookie(), ...(cookie === undefined ? [] : [cookie])],
    }
    return { headers, status: status ?? reply.status, body: body ?? reply.body }
  })
  const sameJson = fc.tuple(fc.nat(40), fc.oneof(fc.jsonValue(), mangled(''))).map(
    ([at, value]) =>
      (reply: HttpReply) =>
        isJson(reply) ? { ...reply, body: withOtherValue(reply.body, at, value) } : reply,
  )
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant((reply: HttpReply) => reply) },
    { weight: 1, arbitrary: change },
    { weight: 2, arbitrary: sameJson },
  )
}

const headerOf = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  texts.map((text) => text.replace(/[^\x20-\x7e\x80-\xff]/g, ''))
