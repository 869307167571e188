import { describe, expect, test } from 'vitest'
import { morning } from '../../../tests/support/harness.ts'
import { madeUpState } from '../../../tests/support/made-up-views.ts'
import type { AccountView, AppState, Problem } from '../../contract/state.ts'
import { painter } from '../terminal/paint.ts'
import { picture, type View } from './picture.ts'

const noColours = painter({ NO_COLOR: '1' })
const size = { columns: 100, rows: 30 }
const IST = -330
const noView: View = { chosen: null, typed: '', message: null }

const account = (change: Partial<AccountView> = {}): AccountView => ({
  ...{
    name: 'zerodha',
    brokerId: 'kite-connect',
    brokerName: 'Zerodha Kite Connect',
    initials: 'ZK',
    colour: '#000000',
  },
  ...{ practice: false, canLogIn: true, morning: null, hasCode: false, freshness: 'none', expiresAt: null },
  ...{ pages: null, toEnter: null, refusedAddress: null, pausedUntil: null, canSignIn: false },
  ...{ login: null, question: null, problem: null, totp: null },
  ...change,
})

const problem = (change: Partial<Problem> = {}): Problem => ({
  ...{
    kind: 'bad-totp',
    message: 'It did not work.',
    brokerWords: null,
    next: 'Do this.',
    retrySafe: false,
    at: morning,
  },
  ...change,
})

const lines = (
  state: AppState,
  view: Partial<View> = {},
  at = morning,
  room = size,
  paint = noColours,
): string[] =>
  picture(
    state,
    { ...noView, chosen: state.accounts[0]?.name ?? null, ...view },
    { now: at, zone: IST },
    room,
    paint,
  )
const text = (...given: Parameters<typeof lines>): string => lines(...given).join('\n')

describe('the terminal shows', () => {
  test('how an account stands in the popover’s words', () => {
    const ready = account({ freshness: 'fresh', expiresAt: Date.UTC(2026, 10, 22, 0, 30) })
    expect(text(madeUpState([ready]))).toContain(
      '> ● zerodha  Ready\n    until 06:00 tomorrow · Zerodha Kite Connect',
    )
    expect(text(madeUpState([account()]))).toContain('○ zerodha  No token yet')
    expect(text(madeUpState([ready, account({ name: 'other' })]))).toMatch(
      /^TokenTray · 1 of 2 ready · 08:15:05 IST/,
    )
  })

  test('the code with its seconds, and the next one in the last ten', () => {
    const totp = { code: '123456', next: '654321', startsAt: morning - 5_000, endsAt: morning + 25_000 }
    const state = madeUpState([account({ totp })])
    expect(text(state)).toMatch(/123 456 {2}25 s$/m)
    expect(text(state, {}, morning + 14_000)).toMatch(/123 456 {2}11 s$/m)
    expect(text(state, {}, morning + 15_000)).toMatch(/123 456 {2}10 s {2}next 654 321$/m)
    expect(text(state, {}, morning + 24_500)).toMatch(/123 456 {3}1 s {2}next 654 321$/m)
  })

  test('a question with the digits typed so far, on the chosen account alone', () => {
    const question = {
      label: 'SMS code',
      help: 'Look at your phone.',
      digits: 6,
      askedAt: morning,
      endsAt: morning + 1,
      again: false,
    }
    const asking = (name: string): AccountView =>
      account({ name, question, login: { step: 2, total: 4, label: 'Sending the code' } })
    const shown = text(madeUpState([asking('a'), asking('b')]), { chosen: 'b', typed: '12' })
    expect(shown).toContain('Look at your phone.\n    SMS code: 12····')
    expect(shown).toContain('SMS code: ······')
    expect(shown).toContain('digits and Enter send the code')
  })

  test('what went wrong and what to do, with the broker’s words', () => {
    const shown = text(madeUpState([account({ problem: problem({ brokerWords: 'Invalid TOTP' }) })]))
    expect(shown).toContain('It did not work.\n    Zerodha says: “Invalid TOTP”\n    Do this.')
    expect(text(madeUpState([account({ problem: problem({ kind: 'cancelled' }) })]))).not.toContain(
      'did not work',
    )
  })

  test('nothing that a terminal would act upon, whoever wrote it', () => {
    const nasty = '\x1b]0;title\x07\x1b[2J\u009b31mred\u202e\r\n'
    const state = madeUpState([account({ problem: problem({ brokerWords: nasty, message: nasty }) })], {
      notices: [nasty],
    })
    expect(text(state, { message: nasty }).replaceAll('\n', '')).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/)
  })

  test('whose card it is when there is no room for all of it', () => {
    const totp = { code: '123456', next: '654321', startsAt: morning - 5_000, endsAt: morning + 25_000 }
    const state = madeUpState([account({ name: 'first' }), account({ totp, problem: problem() })])
    for (const rows of [7, 8, 12]) {
      expect(text(state, { chosen: 'zerodha' }, morning, { columns: 40, rows })).toContain('> ! zerodha')
    }
  })

  test('each key on one line with what it does', () => {
    for (const columns of [60, 80, 100]) {
      const keys = lines(madeUpState([account()]), {}, morning, { columns, rows: 24 }).join('\n')
      for (const key of ['↑ ↓ choose', 'a log in all', 't copy token', 'r check again', 'q quit'])
        expect(keys).toContain(key)
    }
  })

  test('the two ways to begin, without an account', () => {
    expect(text(madeUpState([]))).toContain('No account yet.')
    expect(text(madeUpState([]))).toContain('tokentray account add NAME --broker ID')
  })

  test('colours unless told not to', () => {
    expect(text(madeUpState([account()]), {}, morning, size, painter({}))).toContain('\x1b[')
    expect(text(madeUpState([account()]))).not.toContain('\x1b')
  })
})

describe('however small the terminal', () => {
  const many = madeUpState(
    Array.from({ length: 40 }, (_, index) => account({ name: `account-${index}`, problem: problem() })),
  )

  test.each([5, 8, 12, 24, 60])(
    'of %i rows, no more lines than fit, and the chosen account among them',
    (rows) => {
      for (const chosen of ['account-0', 'account-7', 'account-39']) {
        const shown = lines(many, { chosen }, morning, { columns: 60, rows })
        expect(shown.length).toBeLessThanOrEqual(rows)
        if (rows >= 12) expect(shown.join('\n')).toContain(`> ! ${chosen}  `)
      }
    },
  )

  test('long sentences are broken between words', () => {
    const message = 'a sentence that goes on and on '.repeat(10)
    for (const line of lines(madeUpState([account({ problem: problem({ message }) })]), {}, morning, {
      columns: 40,
      rows: 60,
    }))
      if (line.includes('sentence')) expect(line.length).toBeLessThanOrEqual(40)
  })
})
