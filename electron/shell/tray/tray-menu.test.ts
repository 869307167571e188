import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import type { AppState } from '../../contract/state.ts'
import { state } from '../../../tests/support/tray-fixtures.ts'
import { LoginError } from '../../core/errors.ts'
import { trayMenu } from './tray-menu.ts'

const login = { step: 2, total: 6, label: 'Checking the password' }

/** Builds a menu that records the chosen items. */
function menuOf(given: AppState) {
  const chosen: string[] = []
  const note = (what: string) => (name?: string) => chosen.push(name === undefined ? what : `${what} ${name}`)
  const actions = {
    copyToken: note('copy token'),
    copyCode: note('copy code'),
    login: note('log in'),
    loginAll: () => note('log in all')(),
    pauseToday: () => note('pause for today')(),
    resume: () => note('resume')(),
    open: () => note('open')(),
    settings: () => note('settings')(),
    lock: () => note('lock')(),
    quit: () => note('quit')(),
  }
  const items = trayMenu(given, actions, { codeWords: '18 s', now: 0, zone: -330 })
  return { items, chosen }
}

const labels = (items: readonly MenuItemConstructorOptions[]): (string | undefined)[] =>
  items.map(({ label, type }) => (type === 'separator' ? '—' : label))

function submenu(items: readonly MenuItemConstructorOptions[], label: string): MenuItemConstructorOptions[] {
  const found = items.find((item) => item.label === label)?.submenu
  if (!Array.isArray(found)) throw new Error(`no submenu “${label}”`)
  return found
}

/** Returns the account's name in a row, which also has its state. */
const nameIn = (label = ''): string => label.replace(/ · ready$/, '')

/** Clicks every enabled item, in order. */
function chooseAll(items: readonly MenuItemConstructorOptions[]): void {
  for (const { click, enabled } of items)
    if (enabled !== false && click !== undefined) Reflect.apply(click, null, [])
}

const ownItems = ['Copy access token', 'Copy code (18 s)', 'Log in']

describe('the tray menu', () => {
  test('without an account opens and quits', () => {
    const { items, chosen } = menuOf(state([]))
    expect(labels(items)).toEqual(['Open', 'Settings…', '—', 'Quit'])
    chooseAll(items)
    expect(chosen).toEqual(['open', 'settings', 'quit'])
  })

  test('of one account has its actions at hand', () => {
    const { items, chosen } = menuOf(state([{}]))
    expect(labels(items)).toEqual(['main · ready', ...ownItems, '—', 'Open', 'Settings…', '—', 'Quit'])
    chooseAll(items)
    expect(chosen).toEqual(['copy token main', 'copy code main', 'log in main', 'open', 'settings', 'quit'])
  })

  test('says of each account in trouble what it is', () => {
    const stuck = {
      freshness: 'none',
      problem: new LoginError('bad-totp', { message: 'Wrong PIN.' }).toProblem(0),
    } as const
    expect(labels(menuOf(state([stuck, { name: 'b' }])).items).slice(0, 2)).toEqual([
      'main · Wrong PIN',
      'b · ready',
    ])
    const long = { ...stuck, problem: { ...stuck.problem, message: 'A broker may say a lot. '.repeat(9) } }
    expect(labels(menuOf(state([long])).items)[0]).toMatch(/^main · A broker .{50,}…$/)
  })

  test('locks what has a lock and is open', () => {
    const lock = { isLocked: false, wish: null, touchId: false }
    const { items, chosen } = menuOf(state([], { lock }))
    expect(labels(items)).toEqual(['Open', 'Settings…', 'Lock', '—', 'Quit'])
    chooseAll(items)
    expect(chosen).toContain('lock')
    expect(labels(menuOf(state([], { lock: { ...lock, isLocked: true } })).items)).not.toContain('Lock')
  })

  test('of several has a submenu for each, and logs in all', () => {
    const { items, chosen } = menuOf(state([{ name: 'one' }, { name: 'two' }]))
    expect(labels(items)).toEqual([
      'one · ready',
      'two · ready',
      '—',
      'Log in all',
      'Open',
      'Settings…',
      '—',
      'Quit',
    ])
    chooseAll(submenu(items, 'two · ready'))
    chooseAll(items)
    const ofTwo = ['copy token two', 'copy code two', 'log in two']
    expect(chosen).toEqual([...ofTwo, 'log in all', 'open', 'settings', 'quit'])
  })

  test.each([
    ['none', false],
    ['expired', false],
    ['rejected', false],
    ['fresh', true],
    ['expiring', true],
    ['unverified', true],
  ] as const)('with a token that is %s offers to copy it: %s', (freshness, offered) => {
    const { items, chosen } = menuOf(state([{ freshness }]))
    chooseAll(items)
    expect(chosen.includes('copy token main')).toBe(offered)
  })

  test('offers no second login while one is under way', () => {
    const { items, chosen } = menuOf(state([{ login }]))
    chooseAll(items)
    expect(chosen).not.toContain('log in main')
  })

  test.each([
    ['on', 'Next login tomorrow 08:15', 'Pause for today', ['pause for today']],
    ['paused', 'Paused until Mon 23 Nov 08:16', 'Resume', ['resume']],
    ['off', 'Morning login is off', '—', []],
  ] as const)(
    'with the schedule %s says so, and offers what can be done',
    (schedule, words, offer, expected) => {
      const { items, chosen } = menuOf(
        state([{}], { schedule: { words, calendarNote: null, state: schedule } }),
      )
      const at = labels(items).indexOf(words)
      expect(labels(items).slice(at - 1, at + 2)).toEqual(['—', words, offer])
      chooseAll(items.slice(at, at + 2))
      expect(chosen).toEqual(expected)
    },
  )

  test('of an account for codes alone copies its code and nothing else', () => {
    const { items } = menuOf(state([{ canLogIn: false, freshness: 'none' }]))
    expect(labels(items)).toEqual([
      'main · codes only',
      'Copy code (18 s)',
      '—',
      'Open',
      'Settings…',
      '—',
      'Quit',
    ])
    const two = menuOf(
      state(['one', 'two'].map((name) => ({ name, canLogIn: false, freshness: 'none' as const }))),
    )
    expect(labels(two.items)).toEqual([
      'one · codes only',
      'two · codes only',
      '—',
      'Open',
      'Settings…',
      '—',
      'Quit',
    ])
  })

  test('of an account without a TOTP secret offers no code', () => {
    const { items } = menuOf(state([{ hasCode: false }]))
    expect(labels(items)).not.toContain('Copy code (18 s)')
  })

  test.each([2, 15, 16, 17, 49, 50, 151])(
    'of %i accounts is short everywhere, and has each of them once',
    (count) => {
      const names = Array.from({ length: count }, (_, index) => `account-${String(index + 1)}`)
      const { items } = menuOf(state(names.map((name) => ({ name }))))
      const perAccount = items.slice(
        0,
        items.findIndex(({ type }) => type === 'separator'),
      )
      expect(perAccount.length).toBeLessThanOrEqual(15)
      const found: (string | undefined)[] = []
      for (const { label, submenu: inside } of perAccount) {
        if (!Array.isArray(inside)) throw new Error(`${String(label)} has no submenu`)
        if (labels(inside).includes('Copy access token')) found.push(nameIn(label))
        else {
          expect(inside.length).toBeLessThanOrEqual(12)
          expect(label).toBe(`${nameIn(inside[0]?.label)} … ${nameIn(inside.at(-1)?.label)}`)
          found.push(...labels(inside).map(nameIn))
        }
      }
      expect(found).toEqual(names)
    },
  )
})
