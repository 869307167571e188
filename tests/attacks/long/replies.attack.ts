import { expect, test } from 'vitest'
import { LoginError } from '../../../electron/core/errors.ts'
import type { HttpReply } from '../../../electron/core/ports.ts'
import { Random } from '../../support/random.ts'
import { converse, loginMornings, trueReplies } from '../../support/spoilt-login.ts'
import { CostReport } from './cost-report.ts'

const ROUNDS = Number(process.env['ATTACK_ROUNDS'] ?? 40)
/** As much as the app reads of one reply, in characters. */
const MOST = 900_000

const filled = (piece: string): string => piece.repeat(Math.floor(MOST / piece.length))
const keys = Array.from({ length: 45_000 }, (_, index) => `K${String(index).padStart(15, '0')}`)
const nested = (open: string, close: string): string => `${open.repeat(100_000)}${close.repeat(100_000)}`

/** Bodies as large as a broker may make them, whatever they hold. */
const floods: readonly string[] = [
  JSON.stringify({ keys }),
  JSON.stringify({ status: 'error', message: filled('no words that anybody reads ') }),
  JSON.stringify({ status: 'error', message: filled('\\'), error_type: filled('%25') }),
  JSON.stringify({ status: 'error', message: filled('&amp;'), errors: [{ message: filled('+') }] }),
  // As many as fit into what is read.
  JSON.stringify(Object.fromEntries(keys.slice(0, 23_000).map((key) => [key, key]))),
  nested('[', ']'),
  nested('{"a":', '}'),
  filled('"'),
  filled('"\\'),
  filled('<html>'),
  `{"message":"${filled('\\u0061')}"}`,
  `{"status":"error","message":"${filled('4 attempts left ')}"}`,
  `{"fault":{"code":900901,"message":"${filled(' a')}","description":"${filled('a ')}"}}`,
]

test.each(loginMornings)('%s: floods of replies', async (name, account, start) => {
  const parts = await start()
  const replies = [...(await trueReplies(parts, account)).values()]
  const random = new Random(1)
  const report = new CostReport()
  const any = <T>(from: readonly T[]): T => from[random.between(0, from.length - 1)] ?? expect.unreachable()
  for (let round = 0; round < ROUNDS; round++) {
    const sent: string[] = []
    const send = (): Promise<HttpReply> => {
      report.end()
      const at = random.between(0, floods.length - 1)
      const isTrue = random.between(0, 1) === 0
      sent.push(isTrue ? 'true' : `flood ${String(at)}`)
      const headers = new Headers({ 'content-type': any(['application/json', 'text/html']) })
      headers.set('location', `https://example.com/?${any(['code', 'request_token'])}=${'x'.repeat(8_000)}`)
      for (let cookie = 0; cookie < 50; cookie++)
        headers.append('set-cookie', `c${String(cookie)}=${keys[cookie] ?? ''}`)
      const flood = { status: any([200, 302, 400, 403, 500]), headers, body: floods[at] ?? '' }
      const reply = isTrue ? any(replies) : flood
      // Until the next request or the end of the login, which is one turn of the event loop.
      report.begin(`${String(reply.status)} at the end of: ${sent.join(', ')}`)
      return Promise.resolve(reply)
    }
    const outcome = await converse(parts, account, () => ({ send, prepare: () => Promise.resolve() })).then(
      () => null,
      (error: unknown) => error,
    )
    report.end()
    if (outcome !== null) expect(outcome, sent.join(', ')).toBeInstanceOf(LoginError)
  }
  report.print(name)
})
