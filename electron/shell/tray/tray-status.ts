import type { AccountView, AppState } from '../../contract/state.ts'
import { hindrance, isReady } from '../../contract/status.ts'

export type TrayFace = 'none' | 'ready' | 'working' | 'attention'

/** Returns which of its four faces the tray icon shows. */
export function trayFace({ accounts, keychain }: Pick<AppState, 'accounts' | 'keychain'>): TrayFace {
  const withLogin = accounts.filter(({ canLogIn }) => canLogIn)
  if (keychain !== null || withLogin.some(needsInteraction)) return 'attention'
  if (withLogin.some(({ login }) => login !== null)) return 'working'
  // An account without login does not count, because it has no token.
  return accounts.length > 0 && withLogin.every(isReady) ? 'ready' : 'none'
}

/** The limit of Windows, characters (https://learn.microsoft.com/en-us/windows/win32/api/shellapi/ns-shellapi-notifyicondataw). */
const MAX_TOOLTIP = 127

/** Sums up all accounts in one line for the icon's tooltip. It contains no secret. */
export function trayTooltip(state: Pick<AppState, 'accounts' | 'keychain'>): string {
  const line = `TokenTray: ${summary(state)}`
  return line.length <= MAX_TOOLTIP ? line : `${line.slice(0, MAX_TOOLTIP - 1)}…`
}

function summary({ accounts, keychain }: Pick<AppState, 'accounts' | 'keychain'>): string {
  if (keychain !== null) return keychain.message
  if (accounts.length === 0) return 'no account yet'
  const withLogin = accounts.filter(({ canLogIn }) => canLogIn)
  if (withLogin.length === 0)
    return accounts.length === 1 ? 'codes of 1 account' : `codes of ${accounts.length} accounts`
  const ready = `${withLogin.filter(isReady).length} of ${withLogin.length} ready`
  const [first, ...others] = withLogin.filter(needsInteraction)
  if (first === undefined) return ready
  return `${ready} · ${others.length === 0 ? needWords(first) : `${others.length + 1} need you`}`
}

const needWords = ({ name, question, problem }: AccountView): string =>
  question === null
    ? `${name} needs you: ${(problem?.message ?? '').replace(/\.$/, '')}`
    : `${name} asks for the ${question.label}`

/** Ignores a problem while the token still works or a login is running, because the user need not act then. */
const needsInteraction = (account: AccountView): boolean =>
  account.question !== null || (account.login === null && hindrance(account) !== null && !isReady(account))
