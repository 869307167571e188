import { describe, expect } from 'vitest'
import { MAX_STEPS } from '../../../electron/core/brokers/kit/clean-text.ts'
import { Work } from '../../../electron/core/brokers/kit/secret-finder.ts'
import { Redactor } from '../../../electron/core/login/conversation/redactor.ts'
import { Secret } from '../../../electron/core/secret.ts'
import { test } from '../../support/cli-test.ts'

const url = new URL('https://broker.example/')
const keys = Array.from({ length: 45_000 }, (_, index) => `K${String(index).padStart(15, '0')}`)

/** A reply that hands out values, as large as the app reads. */
const reply = (body: string, status = 200) => ({ status, body, headers: new Headers() })

/** Returns how many steps the cleaning of words takes after a reply, of those that one text may take. */
function stepsFor(words: string, body: unknown, ...secrets: readonly string[]): number {
  const redactor = new Redactor([])
  for (const secret of secrets) redactor.add(new Secret(secret))
  redactor.learnReply(reply(JSON.stringify(body)), url)
  const work = new Work(MAX_STEPS)
  redactor.redact(words, work)
  return MAX_STEPS - work.left
}

/** One step over the limit is noticed only after the step. */
const LIMIT = MAX_STEPS * 1.01

describe('M4: words cost a bounded number of steps', () => {
  test('after 45,000 keys, in 900 kB of which none is one', () => {
    expect(stepsFor('no words that anybody reads '.repeat(32_000), keys)).toBeLessThan(LIMIT)
  })

  test('M4, another way: in a text of nothing but beginnings of a secret', () => {
    const secret = `${'a'.repeat(4_000)}b`
    expect(stepsFor('a'.repeat(900_000), [], secret)).toBeLessThan(LIMIT)
  })

  test('M4, another way: in rows of escapes, of which each can be read in many ways', () => {
    for (const escape of ['\\', '%25', '&amp;', '\\u005c', '\\\\u0025', '&#x26;#37;', '+', '%2525']) {
      const words = escape.repeat(900_000 / escape.length)
      expect(stepsFor(words, keys, '\\%&+'.repeat(50), escape.repeat(20)), escape).toBeLessThan(LIMIT)
    }
  })

  test('M4, another way: of a reply that is one text without an end, or nothing but quotes', () => {
    for (const body of [
      'x'.repeat(900_000),
      '"'.repeat(900_000),
      '"\\'.repeat(450_000),
      '['.repeat(900_000),
    ]) {
      const redactor = new Redactor([])
      redactor.learnReply(reply(body), url)
      const work = new Work(MAX_STEPS)
      expect(redactor.redact(body, work).length).toBeLessThan(1_000)
      expect(MAX_STEPS - work.left, body.slice(0, 2)).toBeLessThan(LIMIT)
    }
  })
})

test('M4: two such replies end a login at once, where they took hours', async ({ profile, broker }) => {
  await profile.addAccount('kite', broker)
  const data = { request_id: 'x', twofa_type: 'totp', keys }
  broker.fault({ kind: 'json', at: 'POST /api/login', status: 200, value: { status: 'success', data } })
  const message = `${keys[44_999] ?? ''} ${'no words that anybody reads '.repeat(32_000)}`
  const value = { status: 'error', message, error_type: 'InputException', data: null }
  broker.fault({ kind: 'json', at: 'POST /api/twofa', status: 400, value, times: 3 })
  const { code, stderr } = await profile.cli.run('login', 'kite')
  expect(code).toBe(3)
  expect(stderr).not.toContain('K0000')
})
