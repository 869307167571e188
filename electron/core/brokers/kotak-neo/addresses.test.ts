import { describe, expect, test } from 'vitest'
import { neoMorning, routes } from '../../../../tests/support/kotak-neo-morning.ts'
import { addressWords } from '../../login/addresses.ts'

/** Starts at a Kotak that sees the address in `at`. */
async function seenMorning() {
  const place = { at: '203.0.113.7' }
  const morning = await neoMorning({ seenAs: () => place.at })
  const again = async (): Promise<void> => {
    morning.clock.advance(30_000)
    await morning.engine.login('neo', { force: true })
  }
  return { ...morning, place, again, said: () => morning.account('neo').addresses }
}
const warnings = (words: readonly string[]) => words.filter((line) => line.startsWith('Warning'))

describe('the address that Kotak saw', () => {
  test('is asked for once after a login, kept and said; a token that is kept asks nothing', async () => {
    const { engine, asked, said, clock } = await seenMorning()
    await engine.login('neo')
    await engine.login('neo')
    expect(asked().filter((route) => route === routes.address)).toHaveLength(1)
    expect(said()).toEqual({ seen: '203.0.113.7', registered: [], before: null, at: clock.now() })
    const record = said()
    const words = record === undefined ? [] : addressWords('Kotak Neo', record)
    expect(words).toEqual(['Kotak saw 203.0.113.7; orders must come from there.'])
  })

  test('is warned of when it is another than at the login before, and only then', async () => {
    const { engine, again, said, place } = await seenMorning()
    await engine.login('neo')
    await again()
    expect(said()?.before).toBe('203.0.113.7')
    place.at = '2001:db8::4'
    await again()
    const record = said()
    const words = record === undefined ? [] : addressWords('Kotak Neo', record)
    expect(words[0]).toBe('Kotak saw 2001:db8::4; orders must come from there.')
    expect(warnings(words)).toEqual([expect.stringContaining('203.0.113.7')])
    await again()
    const after = said()
    expect(after === undefined ? ['none'] : warnings(addressWords('Kotak Neo', after))).toEqual([])
  })

  test.each([
    ['another stCode', 200, { data: [{ ip: '203.0.113.9' }], stCode: 1001 }],
    ['no list', 200, { data: { ip: '203.0.113.9' }, stCode: 1000 }],
    ['an empty list', 200, { data: [], stCode: 1000 }],
    ['no address', 200, { data: [{ ip: '<b>here</b>' }], stCode: 1000 }],
    ['a refusal', 401, { code: '900901', message: 'Invalid Credentials' }],
    ['a fault', 500, { message: 'Oops' }],
  ])('is not known after %s, and the login has ended well', async (_what, status, value) => {
    const { engine, broker, said, tokens } = await seenMorning()
    broker.fault({ at: routes.address, kind: 'json', status, value })
    expect(await engine.login('neo')).toBe('obtained')
    expect(said()).toBeUndefined()
    expect(tokens.freshness('neo')).toBe('fresh')
  })

  test.each(['reset', 'html-wall'] as const)('is not known after a %s either', async (kind) => {
    const { engine, broker, said, account } = await seenMorning()
    const at = routes.address
    broker.fault(kind === 'reset' ? { at, kind } : { at, kind, status: 200 })
    expect(await engine.login('neo')).toBe('obtained')
    expect(said()).toBeUndefined()
    expect(account('neo').problem).toBeNull()
  })

  test('is asked for without harm to a pause that Kotak wants', async () => {
    const { engine, broker, account, clock } = await seenMorning()
    broker.fault({ at: routes.address, kind: 'status', status: 429, retryAfter: '60' })
    expect(await engine.login('neo')).toBe('obtained')
    expect(account('neo').coolDownUntil).toBe(clock.now() + 60_000)
  })
})

test('where a broker says which addresses are registered, those are named, and one that is not is warned of', () => {
  const said = { registered: ['198.51.100.4', '198.51.100.5'], at: 0, before: null }
  expect(addressWords('Upstox', { ...said, seen: null })).toEqual([
    'Upstox takes orders from 198.51.100.4, 198.51.100.5.',
  ])
  expect(warnings(addressWords('Upstox', { ...said, seen: '203.0.113.7' }))).toHaveLength(1)
  expect(warnings(addressWords('Upstox', { ...said, seen: '198.51.100.5' }))).toEqual([])
})
