import type { AccountView, AppState } from '../../contract/state.ts'
import { accountWords, hindrance, obstacle } from '../../contract/status.ts'
import { summaryOf, type Face } from '../../contract/summary.ts'

/** Returns which of its faces the tray icon shows. */
export const trayFace = (state: Parameters<typeof summaryOf>[0]): Face => summaryOf(state)?.face ?? 'none'

/** The limit of Windows, characters (https://learn.microsoft.com/en-us/windows/win32/api/shellapi/ns-shellapi-notifyicondataw). */
const MAX_TOOLTIP = 127

type Shown = Pick<AppState, 'accounts' | 'keychain' | 'hour12' | 'tokensWanted'>

/**
 * Sums up all accounts in one line for the icon's tooltip, with a line for each account below as far as they fit, the
 * accounts in trouble first. It contains no secret.
 * @param now epoch ms
 * @param zone the machine's `Date.getTimezoneOffset()`, minutes
 */
export function trayTooltip(state: Shown, now: number, zone: number): string {
  const { accounts, keychain, hour12 } = state
  const first = `TokenTray: ${keychain?.message ?? summaryOf(state)?.words ?? 'no account yet'}`
  const inTrouble = accounts.filter(isInTrouble)
  const others = accounts.filter((account) => account.canLogIn && !isInTrouble(account))
  const lines =
    keychain === null
      ? [...inTrouble, ...others].map(
          (account) => `${account.name}: ${needWords(account, now, zone, hour12)}`,
        )
      : []
  let tooltip = first
  for (const line of lines) {
    if (tooltip.length + 1 + line.length > MAX_TOOLTIP) {
      // The first reason is worth a part of a line.
      if (tooltip === first && inTrouble.length > 0) tooltip = `${first}\n${line}`
      break
    }
    tooltip = `${tooltip}\n${line}`
  }
  return tooltip.length <= MAX_TOOLTIP ? tooltip : `${tooltip.slice(0, MAX_TOOLTIP - 1)}…`
}

const isInTrouble = (account: AccountView): boolean => account.question !== null || obstacle(account) !== null

function needWords(account: AccountView, now: number, zone: number, hour12: boolean): string {
  if (account.question !== null) return `asks for the ${account.question.label}`
  const problem = obstacle(account) === null ? null : hindrance(account)
  return problem === null ? accountWords(account, now, zone, hour12) : problem.message.replace(/\.$/, '')
}

/** Returns an account's row in the tray menu: "kite · ready until 06:00 tomorrow". */
export const menuRow = (account: AccountView, now: number, zone: number, hour12: boolean): string =>
  `${account.name} · ${accountWords(account, now, zone, hour12)}`
