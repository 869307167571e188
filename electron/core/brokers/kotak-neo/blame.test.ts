import { expect, test } from 'vitest'
import type { LoginError } from '../../errors.ts'
import { readRefusal } from '../kit/refusals.ts'
import { readEnvelope } from './envelope.ts'
import { refusals, type NeoCall } from './refusals.ts'

const statuses = [200, 302, 400, 401, 403, 404, 405, 409, 410, 418, 422, 429, 500, 502, 503, 504]
const calls: readonly NeoCall[] = ['code', 'mpin', 'probe']

const refusal = (status: number, call: NeoCall, envelope: ReturnType<typeof readEnvelope>): LoginError =>
  readRefusal(refusals, call, status, envelope).error

/** Wraps words in each of Kotak's envelopes. */
const envelopes = (message: string): unknown[] => [
  { error: [{ code: '400', message }] },
  { status: 'error', message, errorCode: '401' },
  { errMsg: message },
  { data: { status: 'failure', message } },
  { stat: 'Not_Ok', stCode: 1, errMsg: message },
  { fault: { code: '1', message } },
]
const silent: readonly unknown[] = [
  {},
  [],
  null,
  { data: {} },
  { data: { status: 'failure' } },
  { error: [] },
]
const unknownWords = ['Something new', 'Forbidden', 'Invalid request', 'Session is not valid', 'Try later']

const kindsOf = (bodies: readonly unknown[], call: NeoCall): Set<string> =>
  new Set(statuses.flatMap((status) => bodies.map((body) => refusal(status, call, readEnvelope(body)).kind)))

test.each(calls)('no refusal of %s blames an entry without words about it', (call) => {
  const kinds = kindsOf([...silent, ...unknownWords.flatMap(envelopes)], call)
  expect(kinds).toContain('protocol-changed')
  expect(kinds).not.toContain('bad-credentials')
  expect(kinds).not.toContain('bad-totp')
})

test.each([
  ['code', 'Invalid TOTP', 'bad-totp'],
  ['code', 'Invalid mobile number', 'bad-credentials'],
  ['mpin', 'Invalid MPIN', 'bad-credentials'],
] as const)('%s, “%s”: blamed under a status that can be about an entry alone', (call, words, kind) => {
  const blaming = statuses.filter((status) =>
    envelopes(words).some((body) => refusal(status, call, readEnvelope(body)).kind === kind),
  )
  expect(blaming).toEqual([200, 400, 401, 403, 422])
})

test.each(['Your PAN is ABCDE1234F', 'Dear MADE UP TRADER (abcde1234f), no.'])(
  'who the client is does not stay in Kotak’s words: %s',
  (errMsg) => {
    const data = { greetingName: 'MADE UP TRADER', kId: 'ABCDE1234F' }
    const { brokerWords } = refusal(400, 'mpin', readEnvelope({ errMsg, data }))
    expect(brokerWords).not.toMatch(/ABCDE1234F|MADE UP/i)
    expect(brokerWords).toContain('[PAN]')
  },
)
