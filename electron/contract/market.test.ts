import { expect, test } from 'vitest'
import { madeUpAccount } from '../../tests/support/made-up-views.ts'
import { marketLine } from './market.ts'

const at = (time: string): number => Date.parse(`2026-11-23T${time}:00+05:30`)
const session = { opensAt: at('09:15'), closesAt: at('15:30') }
const ready = [madeUpAccount(), madeUpAccount({ name: 'b', freshness: 'expiring' })]

test.each([
  ['06:00', 'Opens at 09:15 · all 2 ready'],
  ['07:15', 'Opens in 2 h · all 2 ready'],
  ['08:10', 'Opens in 1 h 5 min · all 2 ready'],
  ['08:52', 'Opens in 23 min · all 2 ready'],
  ['09:15', 'Open until 15:30 · all 2 ready'],
  ['15:30', null],
])('at %s the market’s line is: %s', (time, line) => {
  expect(marketLine({ session, holiday: null }, ready, at(time), false)).toBe(line)
})

test('the line counts no account that is not ready, and none that only shows codes', () => {
  const market = { session, holiday: null }
  const none = madeUpAccount({ freshness: 'none' })
  expect(marketLine(market, [...ready, none], at('08:52'), false)).toBe('Opens in 23 min')
  const codes = madeUpAccount({ canLogIn: false, freshness: 'none' })
  expect(marketLine(market, [ready[0] ?? none, codes], at('10:00'), true)).toBe('Open until 3:30 pm · ready')
})

test('a holiday has its name, and a weekend needs no line', () => {
  expect(marketLine({ session: null, holiday: 'Holi' }, ready, at('08:00'), false)).toBe(
    'Holiday today: Holi',
  )
  expect(marketLine({ session: null, holiday: null }, ready, at('08:00'), false)).toBeNull()
})
