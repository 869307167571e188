import type { MenuItemConstructorOptions } from 'electron'
import type { AccountView, AppState, ScheduleView } from '../../contract/state.ts'
import { hasToken } from '../../contract/status.ts'
import { menuRow } from './tray-status.ts'

/** Lists the actions of the tray menu. */
export interface TrayActions {
  readonly copyToken: (account: string) => void
  readonly copyCode: (account: string) => void
  readonly login: (account: string) => void
  readonly loginAll: () => void
  readonly pauseToday: () => void
  readonly resume: () => void
  readonly open: () => void
  readonly settings: () => void
  readonly lock: () => void
  readonly quit: () => void
}

/** The texts of a menu that change with the time. */
export interface MenuTime {
  /** The code's time, as *Copy code* shows it. */
  readonly codeWords: string
  /** Epoch ms. */
  readonly now: number
  /** The machine's `Date.getTimezoneOffset()`, minutes. */
  readonly zone: number
}

/** More accounts than this are grouped, because a longer menu does not fit on a laptop's screen. */
const MAX_IN_A_ROW = 15
const MAX_IN_A_GROUP = 12

const separator: MenuItemConstructorOptions = { type: 'separator' }

/** Returns the tray menu: the state and actions of a single account, or a row with a submenu for each of several. */
export function trayMenu(
  { accounts, schedule, hour12, lock }: Pick<AppState, 'accounts' | 'schedule' | 'hour12' | 'lock'>,
  actions: TrayActions,
  { codeWords, now, zone }: MenuTime,
): MenuItemConstructorOptions[] {
  const itemsOf = (account: AccountView) => accountItems(account, actions, codeWords)
  const rowOf = (account: AccountView) => menuRow(account, now, zone, hour12)
  const [first, ...others] = accounts
  const single = first === undefined ? [] : [{ label: rowOf(first), enabled: false }, ...itemsOf(first)]
  const perAccount = others.length === 0 ? single : submenus(accounts, rowOf, itemsOf)
  const loginAll = { label: 'Log in all', click: actions.loginAll }
  return [
    ...perAccount,
    ...(perAccount.length > 0 ? [separator] : []),
    ...(others.length > 0 && accounts.some(({ canLogIn }) => canLogIn) ? [loginAll] : []),
    ...(schedule === null ? [] : scheduleItems(schedule, actions)),
    { label: 'Open', click: actions.open },
    { label: 'Settings…', click: actions.settings },
    ...(lock?.isLocked === false ? [{ label: 'Lock', click: actions.lock }] : []),
    separator,
    { label: 'Quit', click: actions.quit },
  ]
}

/** Returns the schedule's next step as a disabled line, and the item that pauses or resumes it. */
function scheduleItems(
  { words, state }: ScheduleView,
  { pauseToday, resume }: TrayActions,
): MenuItemConstructorOptions[] {
  const line = { label: words, enabled: false }
  if (state === 'off') return [line, separator]
  const change =
    state === 'paused' ? { label: 'Resume', click: resume } : { label: 'Pause for today', click: pauseToday }
  return [line, change, separator]
}

function submenus(
  accounts: readonly AccountView[],
  rowOf: (account: AccountView) => string,
  itemsOf: (account: AccountView) => MenuItemConstructorOptions[],
): MenuItemConstructorOptions[] {
  const items = accounts.map((account) => ({
    name: account.name,
    label: rowOf(account),
    submenu: itemsOf(account),
  }))
  if (items.length <= MAX_IN_A_ROW) return items.map(({ label, submenu }) => ({ label, submenu }))
  const size = Math.ceil(items.length / Math.ceil(items.length / MAX_IN_A_GROUP))
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => {
    const group = items.slice(index * size, (index + 1) * size)
    const submenu = group.map(({ label, submenu }) => ({ label, submenu }))
    const [first = '', last = ''] = [group[0]?.name, group.at(-1)?.name]
    return { label: group.length > 1 ? `${first} … ${last}` : first, submenu }
  })
}

function accountItems(
  account: AccountView,
  actions: TrayActions,
  codeWords: string,
): MenuItemConstructorOptions[] {
  const { name, canLogIn, hasCode, login } = account
  const copyToken: MenuItemConstructorOptions = {
    label: 'Copy access token',
    enabled: hasToken(account),
    click: () => {
      actions.copyToken(name)
    },
  }
  const copyCode: MenuItemConstructorOptions = {
    label: `Copy code (${codeWords})`,
    click: () => {
      actions.copyCode(name)
    },
  }
  const logIn: MenuItemConstructorOptions = {
    label: 'Log in',
    enabled: login === null,
    click: () => {
      actions.login(name)
    },
  }
  return [...(canLogIn ? [copyToken] : []), ...(hasCode ? [copyCode] : []), ...(canLogIn ? [logIn] : [])]
}
