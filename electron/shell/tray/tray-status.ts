import type { AccountView, AppState } from '../../contract/state.ts'
import { accountWords, hindrance, obstacle } from '../../contract/status.ts'
import { summaryOf, type Face } from '../../contract/summary.ts'

/** Returns which of its faces the tray icon shows. */
export const trayFace = (state: Parameters<typeof summaryOf>[0]): Face => summaryOf(state)?.face ?? 'none'

/** The limit of Windows, characters (https://learn.microsoft.com/en-us/windows/win32/api/shellapi/ns-shellapi-notifyicondataw). */
const MAX_TOOLTIP = 127
/** More accounts than these are no glance any more. */
const MAX_LINES = 4

type Shown = Pick<AppState, 'accounts' | 'keychain' | 'hour12' | 'tokensWanted' | 'schedule'>

/**
 * Sums up all accounts in one line for the icon's tooltip, with a line for each of the first accounts below as far as
 * they fit, those in trouble first, and the next login. It contains no secret.
 * @param now epoch ms
 * @param zone the machine's `Date.getTimezoneOffset()`, minutes
 */
export function trayTooltip(state: Shown, now: number, zone: number): string {
  const { accounts, keychain, hour12, schedule } = state
  const first = `TokenTray: ${keychain?.message ?? summaryOf(state)?.words ?? 'no account yet'}`
  if (keychain !== null) return cut(first, MAX_TOOLTIP)
  const inTrouble = accounts.filter(isInTrouble)
  const others = accounts.filter((account) => account.canLogIn && !isInTrouble(account))
  const next = schedule === null ? '' : `\n${schedule.words}`
  let tooltip = first
  for (const account of [...inTrouble, ...others].slice(0, MAX_LINES)) {
    const line = `\n${account.name}: ${needWords(account, now, zone, hour12)}`
    // The first reason is worth a part of a line, and more than the next login.
    if (tooltip === first && isInTrouble(account) && tooltip.length + line.length > MAX_TOOLTIP)
      return cut(first + line, MAX_TOOLTIP)
    if (tooltip.length + line.length > MAX_TOOLTIP) break
    tooltip += line
  }
  return tooltip.length + next.length <= MAX_TOOLTIP ? tooltip + next : tooltip
}

const cut = (words: string, length: number): string =>
  words.length <= length ? words : `${words.slice(0, length - 1)}…`

const isInTrouble = (account: AccountView): boolean => account.question !== null || obstacle(account) !== null

function needWords(account: AccountView, now: number, zone: number, hour12: boolean): string {
  if (account.question !== null) return `asks for the ${account.question.label}`
  const problem = obstacle(account) === null ? null : hindrance(account)
  return problem === null ? accountWords(account, now, zone, hour12) : problem.message.replace(/\.$/, '')
}

/** A longer row makes a menu as wide as the screen, characters. */
const MAX_ROW = 70

/** Returns an account's row in the tray menu: "kite · ready until 06:00 tomorrow", "kotak · Wrong PIN". */
export const menuRow = (account: AccountView, now: number, zone: number, hour12: boolean): string =>
  cut(`${account.name} · ${needWords(account, now, zone, hour12)}`, MAX_ROW)
