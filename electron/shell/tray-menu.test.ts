import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import type { AccountView, AppState } from '../contract/state.ts'
import { LoginError } from '../core/errors.ts'
import { trayMenu, trayState, trayTooltip } from './tray-menu.ts'

const problem = new LoginError('bad-totp').toProblem(0)
const keychain = new LoginError('keychain-locked').toProblem(0)
const login = { step: 2, total: 6, label: 'Checking the password' }

const question = { label: 'made-up code', help: '', digits: 6, askedAt: 0, again: false }

const account = (given: Partial<AccountView> = {}): AccountView => ({
  name: 'main',
  brokerId: 'made-up',
  brokerName: 'Made-up Broker',
  initials: 'MU',
  colour: '#000000',
  practice: false,
  freshness: 'fresh',
  expiresAt: null,
  login: null,
  question: null,
  problem: null,
  totp: null,
  ...given,
})

const state = (accounts: readonly Partial<AccountView>[], rest: Partial<AppState> = {}): AppState => ({
  accounts: accounts.map(account),
  clipboard: null,
  keychain: null,
  clockWarning: null,
  notices: [],
  ...rest,
})

describe('the tray icon', () => {
  test.each([
    ['without an account', state([]), 'none'],
    ['with every token good', state([{}, { freshness: 'expiring' }]), 'ready'],
    ['with one token missing', state([{}, { freshness: 'none' }]), 'none'],
    ['with one token expired', state([{ freshness: 'expired' }]), 'none'],
    ['with one token rejected', state([{ freshness: 'rejected' }]), 'none'],
    ['with one token not checked', state([{ freshness: 'unverified' }]), 'none'],
    ['with a login under way', state([{}, { login }]), 'working'],
    ['with an account that needs its user', state([{}, { problem }]), 'attention'],
    ['with one that needs its user while another logs in', state([{ login }, { problem }]), 'attention'],
    ['with a login that waits for a code', state([{}, { login, question }]), 'attention'],
    ['with an old problem that is being worked on', state([{ login, problem }]), 'working'],
    ['with a keychain that does not open', state([{}], { keychain }), 'attention'],
    ['with a keychain that does not open and no account', state([], { keychain }), 'attention'],
  ] as const)('%s shows its face', (_when, given, face) => {
    expect(trayState(given)).toBe(face)
  })

  test.each([
    [state([]), 'TokenTray: no account yet'],
    [state([{}]), 'TokenTray: 1 of 1 ready'],
    [state([{}, { freshness: 'expiring' }, { freshness: 'expired' }]), 'TokenTray: 2 of 3 ready'],
    [state([{}, { name: 'kite', login, question }]), 'TokenTray: kite asks for the made-up code'],
    [state([{}], { keychain }), `TokenTray: ${keychain.message}`],
  ])('has one line about it', (given, line) => {
    expect(trayTooltip(given)).toBe(line)
  })
})

/** A menu that notes what was chosen. */
function menuOf(given: AppState) {
  const chosen: string[] = []
  const note = (what: string) => (name?: string) => chosen.push(name === undefined ? what : `${what} ${name}`)
  const items = trayMenu(given, {
    copyToken: note('copy token'),
    copyCode: note('copy code'),
    login: note('log in'),
    loginAll: () => note('log in all')(),
    open: () => note('open')(),
    quit: () => note('quit')(),
  })
  return { items, chosen }
}

const labels = (items: readonly MenuItemConstructorOptions[]): (string | undefined)[] =>
  items.map(({ label, type }) => (type === 'separator' ? '—' : label))

function submenu(items: readonly MenuItemConstructorOptions[], label: string): MenuItemConstructorOptions[] {
  const found = items.find((item) => item.label === label)?.submenu
  if (!Array.isArray(found)) throw new Error(`no submenu “${label}”`)
  return found
}

/** Chooses every item that can be chosen, in order. */
function chooseAll(items: readonly MenuItemConstructorOptions[]): void {
  for (const { click, enabled } of items)
    if (enabled !== false && click !== undefined) Reflect.apply(click, null, [])
}

describe('the tray menu', () => {
  test('without an account opens and quits', () => {
    const { items, chosen } = menuOf(state([]))
    expect(labels(items)).toEqual(['Open', '—', 'Quit'])
    chooseAll(items)
    expect(chosen).toEqual(['open', 'quit'])
  })

  test('of one account has its actions at hand', () => {
    const { items, chosen } = menuOf(state([{}]))
    expect(labels(items)).toEqual(['Copy access token', 'Copy code', 'Log in', '—', 'Open', '—', 'Quit'])
    chooseAll(items)
    expect(chosen).toEqual(['copy token main', 'copy code main', 'log in main', 'open', 'quit'])
  })

  test('of several has a submenu for each, and logs in all', () => {
    const { items, chosen } = menuOf(state([{ name: 'one' }, { name: 'two' }]))
    expect(labels(items)).toEqual(['one', 'two', '—', 'Log in all', 'Open', '—', 'Quit'])
    chooseAll(submenu(items, 'two'))
    chooseAll(items)
    expect(chosen).toEqual(['copy token two', 'copy code two', 'log in two', 'log in all', 'open', 'quit'])
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
})
