import { describe, expect, test } from 'vitest'
import { LoginError } from '../../core/errors.ts'
import { trayFace, trayTooltip } from './tray-status.ts'
import { state } from '../../../tests/support/tray-fixtures.ts'

const problem = { ...new LoginError('bad-totp').toProblem(0), message: 'Wrong PIN.' }
const offline = new LoginError('network').toProblem(0)
const elsewhere = new LoginError('ip-not-allowed').toProblem(0)
const cancelled = new LoginError('cancelled').toProblem(0)
const keychain = new LoginError('keychain-locked').toProblem(0)
const login = { step: 2, total: 6, label: 'Checking the password' }
const stuck = { name: 'kite', freshness: 'none', problem } as const

const NOW = Date.parse('2026-11-29T08:00:00+05:30')
const END = Date.parse('2026-11-30T06:00:00+05:30')
const INDIA = -330
const question = { label: 'made-up code', help: '', digits: 6, askedAt: 0, endsAt: 300_000, again: false }

describe('the tray icon', () => {
  test.each([
    ['without an account', state([]), 'none'],
    ['with every token good', state([{}, { freshness: 'expiring' }]), 'ending'],
    ['with one token missing', state([{}, { freshness: 'none' }]), 'missing'],
    ['with one token expired', state([{ freshness: 'expired' }]), 'missing'],
    ['with one token rejected', state([{ freshness: 'rejected' }]), 'caution'],
    ['with one token not checked', state([{ freshness: 'unverified' }]), 'caution'],
    ['with one out of reach', state([{ freshness: 'none', problem: offline }]), 'caution'],
    [
      'with a token that can’t be checked from here',
      state([{ freshness: 'unverified', problem: elsewhere }]),
      'missing',
    ],
    ['with a login under way', state([{}, { login }]), 'working'],
    ['with an account that needs its user', state([{}, stuck]), 'attention'],
    ['with a problem while the old token still works', state([{}, { problem }]), 'ready'],
    ['with a login that was called off', state([{}, { problem: cancelled, freshness: 'none' }]), 'missing'],
    ['with accounts for codes alone', state([{ canLogIn: false, freshness: 'none' }]), 'ready'],
    ['with one that needs its user while another logs in', state([{ login }, stuck]), 'attention'],
    ['with a login that waits for a code', state([{}, { login, question }]), 'caution'],
    ['with an old problem that is being worked on', state([{ login, problem }]), 'working'],
    ['with a keychain that does not open', state([{}], { keychain }), 'attention'],
    ['with a keychain that does not open and no account', state([], { keychain }), 'attention'],
  ] as const)('%s shows its face', (_when, given, face) => {
    expect(trayFace(given)).toBe(face)
  })

  test.each([
    [state([]), 'TokenTray: no account yet'],
    [state([{}]), 'TokenTray: 1 of 1 ready\nmain: ready'],
    [
      state([{}, { name: 'b', freshness: 'expiring', expiresAt: END }, { name: 'c', freshness: 'expired' }]),
      'TokenTray: 2 of 3 ready · 1 ends soon\nmain: ready\nb: ready until 06:00 tomorrow\nc: expired',
    ],
    [
      state([{}, { name: 'kite', login, question }]),
      'TokenTray: 1 of 2 ready · 1 needs you\nkite: asks for the made-up code\nmain: ready',
    ],
    [state([{}, stuck]), 'TokenTray: 1 of 2 ready · 1 needs you\nkite: Wrong PIN\nmain: ready'],
    [
      state([{}, stuck, stuck]),
      'TokenTray: 1 of 3 ready · 2 need you\nkite: Wrong PIN\nkite: Wrong PIN\nmain: ready',
    ],
    [
      state([{ freshness: 'none', problem: offline }]),
      'TokenTray: 0 of 1 ready · 1 can’t log in now\nmain: The broker could not be reached',
    ],
    [state([{}, { canLogIn: false, freshness: 'none' }]), 'TokenTray: 1 of 1 ready\nmain: ready'],
    [state([{ canLogIn: false, freshness: 'none' }]), 'TokenTray: codes of 1 account'],
    [
      state([{ expiresAt: END }], {
        schedule: { words: 'Next login tomorrow 08:15', calendarNote: null, state: 'on' },
      }),
      'TokenTray: 1 of 1 ready\nmain: ready until 06:00 tomorrow\nNext login tomorrow 08:15',
    ],
    [state([{}], { keychain }), `TokenTray: ${keychain.message}`],
  ])('has a line about all, and one for each, those in trouble first', (given, line) => {
    expect(trayTooltip(given, NOW, INDIA)).toBe(line)
  })

  test('is never longer than Windows can show', () => {
    const message = 'A broker may say a lot. '.repeat(20)
    const line = trayTooltip(state([{ ...stuck, problem: { ...problem, message } }]), NOW, INDIA)
    expect(line).toHaveLength(127)
    expect(line).toMatch(/^TokenTray: 0 of 1 ready · 1 needs you\nkite: A broker may.*…$/)
  })

  test('has a few lines at most, and the next login among them', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ name: `a${index}` }))
    const schedule = { words: 'Next login 08:15', calendarNote: null, state: 'on' as const }
    expect(trayTooltip(state(many, { schedule }), NOW, INDIA).split('\n')).toEqual([
      'TokenTray: 9 of 9 ready',
      'a0: ready',
      'a1: ready',
      'a2: ready',
      'a3: ready',
      'Next login 08:15',
    ])
  })

  test('leaves out whole lines that do not fit', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ name: `account-${index}` }))
    const lines = trayTooltip(state(many), NOW, INDIA).split('\n')
    expect(lines.slice(1)).toEqual(many.slice(0, lines.length - 1).map(({ name }) => `${name}: ready`))
  })
})
