import type { AppState } from '../../electron/contract/state.ts'
import { hindrance } from '../../electron/contract/status.ts'
import { part } from './part.tsx'

export const Banners = part(async () => (await import('./Banners.tsx')).Banners)
export const CardMenu = part(async () => (await import('./card/CardMenu.tsx')).CardMenu)
export const CodePrompt = part(async () => (await import('./card/CodePrompt.tsx')).CodePrompt)
export const FailureNote = part(async () => (await import('./card/ProblemBox.tsx')).FailureNote)
export const FirstRun = part(async () => (await import('./FirstRun.tsx')).FirstRun)
export const Locked = part(async () => (await import('./Locked.tsx')).Locked)
export const PauseMenu = part(async () => (await import('./header/PauseMenu.tsx')).PauseMenu)
export const ProblemBox = part(async () => (await import('./card/ProblemBox.tsx')).ProblemBox)
export const Search = part(async () => (await import('./header/Search.tsx')).Search)

/** Loads the components that a state shows, so that the page appears complete. */
export async function fetchParts(app: AppState): Promise<void> {
  const { accounts } = app
  if (app.lock?.isLocked === true) return Locked.fetch()
  const needed = [
    accounts.length === 0 ? FirstRun : null,
    isSearchable(accounts) ? Search : null,
    hasBanners(app) ? Banners : null,
    accounts.some((account) => hindrance(account) !== null) ? ProblemBox : null,
    accounts.some(({ question }) => question !== null) ? CodePrompt : null,
  ]
  await Promise.all(needed.filter((part) => part !== null).map((part) => part.fetch()))
}

/** Returns whether the page has a search input, because not all accounts fit into the window. */
export const isSearchable = (accounts: readonly unknown[]): boolean => accounts.length > 8

/** Returns whether a state has messages that concern every account. */
export const hasBanners = ({ keychain, clockWarning, notices }: AppState): boolean =>
  keychain !== null || clockWarning !== null || notices.length > 0
