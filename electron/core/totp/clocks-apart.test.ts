import { describe, expect, test } from 'vitest'
import { madeUpDomain, madeUpTokens, madeUpValues } from '../../../tests/support/made-up-broker.ts'
import { Codes } from '../accounts/codes.ts'
import type { LoginContext } from '../brokers/broker.ts'
import { Secret } from '../secret.ts'
import { clockWarning } from './clock-warning.ts'
import { totpWindow } from './code.ts'
import { totpCode } from './generate.ts'

const HOUR_MS = 60 * 60_000
const OWN = 'https://made-up.example'
const OTHERS = ['https://one.example', 'https://two.example', 'https://three.example'] as const

/** An account that sends a code, and hosts whose clocks are apart from ours. */
async function apart() {
  const sentCodes: string[] = []
  const parts = await madeUpDomain({
    login: async (context: LoginContext) => {
      const code = await context.spendCode()
      sentCodes.push(code)
      await context.http.send({ method: 'POST', url: context.endpoint('api'), form: { code } })
      context.accepted('code')
      return madeUpTokens
    },
  })
  const { clock, offset } = parts
  const reply = (origin: string, aheadMs: number) =>
    offset.observe(origin, clock.now() + aheadMs - 500, clock.now(), clock.now())
  const codeAt = (aheadMs: number): string =>
    totpCode(new Secret(madeUpValues.totp_secret), totpWindow(clock.now() + aheadMs))
  const codes = new Codes(parts)
  const shown = async () => [(await codes.current('main')).code, (await codes.toCopy('main')).code]
  return { ...parts, codes, sentCodes, reply, codeAt, shown }
}

describe('a broker whose clock is 20 hours off', () => {
  test('M5: has no say in the codes that are shown for another, copied, and sent there', async () => {
    const { codeAt, engine, reply, sent, sentCodes, shown } = await apart()
    reply(OTHERS[0], 20 * HOUR_MS)
    expect(await shown()).toEqual([codeAt(0), codeAt(0)])
    await engine.login('main')
    expect(sentCodes).toEqual([codeAt(0)])
    // The account's own host is asked for its time before a code is spent.
    expect(sent.map(({ method, url }) => `${method} ${url.origin}`)).toEqual([`GET ${OWN}`, `POST ${OWN}`])
  })

  test('M5, another way: moves no freshness, and the user is told', async () => {
    const { engine, offset, reply, tokens } = await apart()
    await engine.login('main')
    for (const aheadMs of [20 * HOUR_MS, -20 * HOUR_MS, 16 * 60_000]) {
      reply(OTHERS[0], aheadMs)
      expect(tokens.freshness('main')).toBe('fresh')
      const warning = clockWarning(offset.offsetMs, offset.agreedMs !== null)
      expect(warning).toMatch(
        /^One broker says that your clock is \d+ s (slow|fast), and no other confirms it/,
      )
    }
  })

  test('M5, another way: does not agree with itself: two of its replies are one host’s', async () => {
    const { offset, reply, codeAt, shown } = await apart()
    reply(OTHERS[0], 20 * HOUR_MS)
    reply(OTHERS[0], 20 * HOUR_MS)
    expect(offset.agreedMs).toBe(null)
    expect(await shown()).toEqual([codeAt(0), codeAt(0)])
  })

  test('M5, another way: is outvoted by two that agree, whoever spoke last', async () => {
    const { offset, reply, codeAt, shown } = await apart()
    reply(OTHERS[1], 70_000)
    reply(OTHERS[2], 71_000)
    reply(OTHERS[0], 20 * HOUR_MS)
    expect(offset.agreedMs).toBe(70_500)
    expect([offset.offsetMs, offset.correctionMs]).toEqual([70_500, 70_500])
    expect(await shown()).toEqual([codeAt(70_500), codeAt(70_500)])
  })
})

describe('a computer whose clock is wrong', () => {
  test.each([-90_000, 70_000, 5.5 * HOUR_MS])(
    'by %i ms still has good codes for the one broker that it talks to',
    async (aheadMs) => {
      const { codeAt, engine, offset, reply, sentCodes, shown } = await apart()
      reply(OWN, aheadMs)
      expect(await shown()).toEqual([codeAt(aheadMs), codeAt(aheadMs)])
      await engine.login('main')
      expect(sentCodes).toEqual([codeAt(aheadMs)])
      expect(clockWarning(offset.offsetMs, offset.agreedMs !== null)).not.toBe(null)
    },
  )

  test('has good codes for a broker that it has not talked to, once two others agree', async () => {
    const { codeAt, reply, shown } = await apart()
    reply(OTHERS[0], 5 * HOUR_MS)
    expect(await shown()).toEqual([codeAt(0), codeAt(0)])
    reply(OTHERS[1], 5 * HOUR_MS + 2_000)
    const agreed = 5 * HOUR_MS + 1_000
    expect(await shown()).toEqual([codeAt(agreed), codeAt(agreed)])
  })

  test('is believed by a code of a secret that belongs to no account yet only where two agree', async () => {
    const { codeAt, codes, reply } = await apart()
    const secret = new Secret(madeUpValues.totp_secret)
    reply(OTHERS[0], 70_000)
    expect((await codes.of(secret)).code).toBe(codeAt(0))
    reply(OTHERS[1], 70_000)
    expect((await codes.of(secret)).code).toBe(codeAt(70_000))
  })

  test('has hosts that differ within what their headers can tell, and not by more', async () => {
    const { offset, reply } = await apart()
    reply(OTHERS[0], 60_000)
    reply(OTHERS[1], 62_501)
    expect(offset.agreedMs).toBe(null)
    reply(OTHERS[2], 62_000)
    expect(offset.agreedMs).toBe(62_000)
  })
})
