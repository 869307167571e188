import type { MenuItemConstructorOptions } from 'electron'
import type { AccountView, AppState, ScheduleView } from '../../contract/state.ts'
import { hasToken } from '../../contract/status.ts'

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

/** More accounts than this are grouped, because a longer menu does not fit on a laptop's screen. */
const MAX_IN_A_ROW = 15
const MAX_IN_A_GROUP = 12

const separator: MenuItemConstructorOptions = { type: 'separator' }

/**
 * Returns the tray menu: the actions of a single account, or a submenu for each of several.
 * @param codeWords the code's time, as *Copy code* shows it
 */
export function trayMenu(
  { accounts, schedule, lock }: Pick<AppState, 'accounts' | 'schedule' | 'lock'>,
  actions: TrayActions,
  codeWords: string,
): MenuItemConstructorOptions[] {
  const itemsOf = (account: AccountView) => accountItems(account, actions, codeWords)
  const [first, ...others] = accounts
  const perAccount = others.length === 0 ? (first ? itemsOf(first) : []) : submenus(accounts, itemsOf)
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
  itemsOf: (account: AccountView) => MenuItemConstructorOptions[],
): MenuItemConstructorOptions[] {
  const items = accounts.map((account) => ({ label: account.name, submenu: itemsOf(account) }))
  if (items.length <= MAX_IN_A_ROW) return items
  const size = Math.ceil(items.length / Math.ceil(items.length / MAX_IN_A_GROUP))
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => {
    const group = items.slice(index * size, (index + 1) * size)
    const [first, last] = [group[0]?.label ?? '', group.at(-1)?.label ?? '']
    return group.length > 1
      ? { label: `${first} … ${last}`, submenu: group }
      : { label: first, submenu: group }
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
