import type { AccountView, AppState } from '../../../electron/contract/state.ts'
import { hindrance } from '../../../electron/contract/status.ts'
import type { Clock } from '../../shared/clock.ts'
import { anyRunning, endedLogins, news, outcomes } from './announce.ts'
import { reuseUnchanged } from './reuse-unchanged.ts'

/** While several logins run, how long outcomes are collected before they are announced, ms. */
const GATHER_MS = 4_000

/** Describes a failed request of the user in words. */
export interface Failure {
  message: string
  next: string
}

export interface View {
  /** Null until the first state has arrived. */
  readonly app: AppState | null
  /** By account name. */
  readonly failures: Readonly<Record<string, Failure>>
  readonly pageFailure: Failure | null
  /** The account that a notification or the tray menu last pointed to; each time a new object. */
  readonly focusRequest: { readonly name: string } | null
  /** The account whose history is shown; null for the list. */
  readonly history: string | null
  /** The live region's text; the serial number makes a repeated text count as new. */
  readonly announcement: { readonly serial: number; readonly words: string }
}

export interface Store {
  view: () => View
  subscribe: (listener: () => void) => () => void
  receive: (app: AppState) => void
  /** Records a failure; `account` is null when it is not about one account. */
  fail: (account: string | null, failure: Failure) => void
  clearFailure: (account: string | null) => void
  /** Makes the page focus an account. */
  focusAccount: (account: string) => void
  /** Shows the history of an account; the list for null. */
  showHistory: (account: string | null) => void
  /** Announces words to a screen reader. */
  say: (words: string) => void
}

/** Compares by identity, because `reuseUnchanged` keeps what has not changed. */
const hasSameStatus = (one: AccountView | undefined, other: AccountView | undefined): boolean =>
  one?.problem === other?.problem &&
  one?.freshness === other?.freshness &&
  (one?.login === null) === (other?.login === null)

const find = (app: AppState | null, name: string): AccountView | undefined =>
  app?.accounts.find((account) => account.name === name)

const isLoggingIn = (app: AppState | null, name: string): boolean => (find(app, name)?.login ?? null) !== null

/** Drops the failures of accounts whose status has changed since. */
function currentFailures(
  failures: View['failures'],
  before: AppState | null,
  after: AppState,
): View['failures'] {
  const kept = Object.entries(failures).filter(([name]) =>
    hasSameStatus(find(before, name), find(after, name)),
  )
  return kept.length === Object.keys(failures).length ? failures : Object.fromEntries(kept)
}

export function createStore(clock: Pick<Clock, 'exact' | 'zone'>): Store {
  const listeners = new Set<() => void>()
  let view: View = {
    app: null,
    failures: {},
    pageFailure: null,
    focusRequest: null,
    history: null,
    announcement: { serial: 0, words: '' },
  }
  /** Ended logins that are not announced yet, by account, and the time of the first. */
  const unannounced = new Map<string, AccountView>()
  let unannouncedSince = 0
  /**
   * A failed login arrives twice, in any order: as a state and as the reply to its request. These hold the message of
   * the first arrival by account, so that it is announced once.
   */
  const failedByState = new Map<string, string>()
  const failedByReply = new Map<string, string>()

  const change = (part: Partial<View>): void => {
    view = { ...view, ...part }
    for (const listener of listeners) listener()
  }
  const announcementOf = (words: string): View['announcement'] =>
    words === '' ? view.announcement : { serial: view.announcement.serial + 1, words }

  /** Returns the announcement of a new state. The outcomes of several logins are announced together. */
  const wordsFor = (before: AppState, after: AppState): string => {
    const now = clock.exact()
    for (const account of endedLogins(before, after)) {
      const message = hindrance(account)?.message ?? ''
      const isAnnounced = failedByReply.get(account.name) === message
      failedByReply.delete(account.name)
      if (isAnnounced) continue
      if (unannounced.size === 0) unannouncedSince = now
      unannounced.set(account.name, account)
      failedByState.set(account.name, message)
    }
    const sentences = news(before, after)
    if (unannounced.size > 0 && (!anyRunning(after) || now - unannouncedSince >= GATHER_MS)) {
      sentences.push(outcomes([...unannounced.values()], now, clock.zone(), after.hour12))
      unannounced.clear()
    }
    return sentences.join(' ')
  }

  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    receive: (arrived) => {
      const app = reuseUnchanged(view.app, arrived)
      const words = view.app === null ? '' : wordsFor(view.app, app)
      const failures = currentFailures(view.failures, view.app, app)
      change({ app, failures, announcement: announcementOf(words) })
    },
    fail: (account, failure) => {
      // A banner is a live region of its own.
      if (account === null) change({ pageFailure: failure })
      else {
        const isAnnounced = failedByState.get(account) === failure.message
        failedByState.delete(account)
        if (!isAnnounced && isLoggingIn(view.app, account)) failedByReply.set(account, failure.message)
        const announcement = announcementOf(
          isAnnounced ? '' : `${account}: ${failure.message} ${failure.next}`,
        )
        change({ failures: { ...view.failures, [account]: failure }, announcement })
      }
    },
    clearFailure: (account) => {
      if (account === null) {
        if (view.pageFailure !== null) change({ pageFailure: null })
      } else if (account in view.failures) {
        change({
          failures: Object.fromEntries(Object.entries(view.failures).filter(([name]) => name !== account)),
        })
      }
    },
    focusAccount: (name) => {
      change({ focusRequest: { name }, history: null })
    },
    showHistory: (history) => {
      change({ history })
    },
    say: (words) => {
      change({ announcement: announcementOf(words) })
    },
  }
}
