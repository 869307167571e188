import type { MenuItemConstructorOptions } from 'electron'
import type { AccountView, AppState } from '../contract/state.ts'

/** What the tray menu can do. */
export interface TrayActions {
  readonly copyToken: (account: string) => void
  readonly copyCode: (account: string) => void
  readonly login: (account: string) => void
  readonly loginAll: () => void
  readonly open: () => void
  readonly quit: () => void
}

export type TrayState = 'none' | 'ready' | 'working' | 'attention'

/** Which of its four faces the tray icon shows. */
export function trayState({ accounts, keychain }: AppState): TrayState {
  if (keychain !== null || accounts.some(needsUser)) return 'attention'
  if (accounts.some((account) => account.login !== null)) return 'working'
  return accounts.length > 0 && accounts.every(isReady) ? 'ready' : 'none'
}

/** One line for the tray icon's tooltip. */
export function trayTooltip({ accounts, keychain }: AppState): string {
  if (keychain !== null) return `TokenTray: ${keychain.message}`
  if (accounts.length === 0) return 'TokenTray: no account yet'
  for (const { name, question } of accounts) {
    if (question !== null) return `TokenTray: ${name} asks for the ${question.label}`
  }
  return `TokenTray: ${String(accounts.filter(isReady).length)} of ${String(accounts.length)} ready`
}

/** The tray menu: the actions of the one account, or a submenu for each of several. */
export function trayMenu({ accounts }: AppState, actions: TrayActions): MenuItemConstructorOptions[] {
  const [first, ...others] = accounts
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const perAccount: MenuItemConstructorOptions[] =
    first === undefined
      ? []
      : others.length === 0
        ? [...accountItems(first, actions), separator]
        : [
            ...accounts.map((account) => ({ label: account.name, submenu: accountItems(account, actions) })),
            separator,
            { label: 'Log in all', click: actions.loginAll },
          ]
  return [
    ...perAccount,
    { label: 'Open', click: actions.open },
    separator,
    { label: 'Quit', click: actions.quit },
  ]
}

function accountItems(account: AccountView, actions: TrayActions): MenuItemConstructorOptions[] {
  const { name, freshness, login } = account
  const hasToken = freshness !== 'none' && freshness !== 'expired' && freshness !== 'rejected'
  return [
    {
      label: 'Copy access token',
      enabled: hasToken,
      click: () => {
        actions.copyToken(name)
      },
    },
    {
      label: 'Copy code',
      click: () => {
        actions.copyCode(name)
      },
    },
    {
      label: 'Log in',
      enabled: login === null,
      click: () => {
        actions.login(name)
      },
    },
  ]
}

const isReady = ({ freshness }: AccountView): boolean => freshness === 'fresh' || freshness === 'expiring'

const needsUser = ({ login, problem, question }: AccountView): boolean =>
  question !== null || (login === null && problem !== null)
