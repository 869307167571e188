import type { AccountView, AppState } from './state.ts'
import { isReady, obstacle, statusOf } from './status.ts'
import type { Tone } from './status.ts'

/** The states that the tray icon has a picture of. */
export type Face = 'none' | 'missing' | 'ready' | 'ending' | 'working' | 'caution' | 'attention'

/** What all accounts together look like: the one truth of icon, tooltip, header, `status` and `watch`. */
export interface Summary {
  words: string
  /** Such as "3/4"; empty where nothing can be counted. */
  count: string
  tone: Extract<Tone, 'plain' | 'warn' | 'bad'>
  face: Face
  /** The accounts that wait for the user. */
  waiting: readonly string[]
}

type Summarised = Pick<AppState, 'accounts' | 'keychain' | 'tokensWanted'>

/** Sums up all accounts in one line. Its tone is that of the account that is worst off; null without an account. */
export function summaryOf({ accounts: all, keychain, tokensWanted = false }: Summarised): Summary | null {
  if (keychain !== null) {
    const words = keychain.kind === 'keychain-missing' ? 'No keychain' : 'Keychain locked'
    return { words, count: '', tone: 'bad', face: 'attention', waiting: [] }
  }
  if (all.length === 0) return null
  const accounts = all.filter(({ canLogIn }) => canLogIn)
  if (accounts.length === 0) {
    const words = all.length === 1 ? 'codes of 1 account' : `codes of ${all.length} accounts`
    return { words, count: '', tone: 'plain', face: 'ready', waiting: [] }
  }
  const count = (is: (account: AccountView) => boolean): number => accounts.filter(is).length
  const isBusy = ({ login }: AccountView): boolean => login !== null
  const ready = count((account) => isReady(account) && !isBusy(account))
  const asking = accounts.filter(({ question }) => question !== null)
  const waiting = [...asking, ...accounts.filter((account) => obstacle(account) === 'user')]
  const passing = count((account) => obstacle(account) === 'passing')
  const ending = count((account) => account.freshness === 'expiring' && !isBusy(account))
  const news = [
    counted(waiting.length, 'needs you', 'need you'),
    counted(passing, 'can’t log in now'),
    counted(count(isBusy), 'logging in'),
    counted(ending, 'ends soon', 'end soon'),
    counted(
      count((account) => account.freshness === 'rejected' && !isBusy(account)),
      'no longer accepted',
    ),
    counted(
      count((account) => account.freshness === 'unverified' && !isBusy(account)),
      'not checked',
    ),
  ].find((part) => part !== null)
  const tone = worst(accounts, tokensWanted && ready < accounts.length)
  return {
    words: [`${ready} of ${accounts.length} ready`, ...(news === undefined ? [] : [news])].join(' · '),
    count: `${ready}/${accounts.length}`,
    tone,
    face: faceOf(tone, {
      isInNeed: waiting.length + passing > 0,
      isBusy: count(isBusy) > 0,
      isAll: ready === accounts.length,
    }),
    waiting: waiting.map(({ name }) => name),
  }
}

const counted = (count: number, one: string, several = one): string | null =>
  count === 0 ? null : `${count} ${count === 1 ? one : several}`

/** @param isUrgent whether a token that is only missing is amber */
function worst(accounts: readonly AccountView[], isUrgent: boolean): Summary['tone'] {
  // The time changes words alone, and no tone.
  const tones = accounts.map((account) => statusOf(account, 0).tone)
  if (tones.includes('bad')) return 'bad'
  const isMissing = accounts.some(
    ({ freshness, login, morning }) =>
      login === null && (freshness === 'none' || freshness === 'expired') && (morning ?? 'on') === 'on',
  )
  return tones.includes('warn') || (isUrgent && isMissing) ? 'warn' : 'plain'
}

/** Returns the icon's picture, whose colour is that of the words: none while the tone is plain. */
function faceOf(tone: Summary['tone'], all: { isInNeed: boolean; isBusy: boolean; isAll: boolean }): Face {
  if (tone === 'bad') return 'attention'
  if (all.isInNeed) return 'caution'
  if (all.isBusy) return 'working'
  if (tone === 'warn') return all.isAll ? 'ending' : 'caution'
  return all.isAll ? 'ready' : 'missing'
}
