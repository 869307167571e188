import type { AccountView, AppState } from '../../../electron/contract/state.ts'
import { hindrance } from '../../../electron/contract/status.ts'
import type { Clock } from '../../shared/clock.ts'
import { anyRunning, endedLogins, news, outcomes } from './announce.ts'
import { reuseUnchanged } from './reuse-unchanged.ts'

/** While many log in at once, how long outcomes are gathered before they are said, ms. */
const GATHER_MS = 4_000

/** A request of the user's that did not work, in words. */
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
  /** The account that the user was last led to from outside the page; each time another object. */
  readonly wanted: { readonly name: string } | null
  /** For the live region; the number tells the same words said twice apart. */
  readonly announcement: { readonly turn: number; readonly words: string }
}

export interface Store {
  view: () => View
  subscribe: (listener: () => void) => () => void
  receive: (app: AppState) => void
  /** `account` null: not about one account. */
  fail: (account: string | null, failure: Failure) => void
  clearFailure: (account: string | null) => void
  /** Leads the user to an account. */
  focusAccount: (account: string) => void
  /** Has a screen reader say something. */
  say: (words: string) => void
}

const gist = (account: AccountView | undefined): string =>
  JSON.stringify([account?.problem, account?.freshness, account?.login === null])

const find = (app: AppState | null, name: string): AccountView | undefined =>
  app?.accounts.find((account) => account.name === name)

const isLoggingIn = (app: AppState | null, name: string): boolean => (find(app, name)?.login ?? null) !== null

/** Failures of accounts that have moved on since are old news. */
function stillTrue(failures: View['failures'], before: AppState | null, after: AppState): View['failures'] {
  const kept = Object.entries(failures).filter(
    ([name]) => gist(find(before, name)) === gist(find(after, name)),
  )
  return kept.length === Object.keys(failures).length ? failures : Object.fromEntries(kept)
}

export function createStore(clock: Pick<Clock, 'exact' | 'zone'>): Store {
  const listeners = new Set<() => void>()
  let view: View = {
    app: null,
    failures: {},
    pageFailure: null,
    wanted: null,
    announcement: { turn: 0, words: '' },
  }
  /** Logins whose outcome has not been said yet, by account, and since when there are any. */
  const untold = new Map<string, AccountView>()
  let untoldSince = 0
  /**
   * A login that fails is told twice, by the state without it and by the answer to its request, whichever comes first:
   * by account, what the first of them has said.
   */
  const failed = new Map<string, string>()
  const answered = new Map<string, string>()

  const change = (part: Partial<View>): void => {
    view = { ...view, ...part }
    for (const listener of listeners) listener()
  }
  const saying = (words: string): View['announcement'] =>
    words === '' ? view.announcement : { turn: view.announcement.turn + 1, words }

  /** What there is to say of a new state. Of many logins at once the outcomes are said together. */
  const wordsFor = (before: AppState, after: AppState): string => {
    const now = clock.exact()
    for (const account of endedLogins(before, after)) {
      const message = hindrance(account)?.message ?? ''
      const isSaid = answered.get(account.name) === message
      answered.delete(account.name)
      if (isSaid) continue
      if (untold.size === 0) untoldSince = now
      untold.set(account.name, account)
      failed.set(account.name, message)
    }
    const said = news(before, after)
    if (untold.size > 0 && (!anyRunning(after) || now - untoldSince >= GATHER_MS)) {
      said.push(outcomes([...untold.values()], now, clock.zone(), after.hour12))
      untold.clear()
    }
    return said.join(' ')
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
      change({ app, failures: stillTrue(view.failures, view.app, app), announcement: saying(words) })
    },
    fail: (account, failure) => {
      // A banner says itself.
      if (account === null) change({ pageFailure: failure })
      else {
        const isSaid = failed.get(account) === failure.message
        failed.delete(account)
        if (!isSaid && isLoggingIn(view.app, account)) answered.set(account, failure.message)
        const said = saying(isSaid ? '' : `${account}: ${failure.message} ${failure.next}`)
        change({ failures: { ...view.failures, [account]: failure }, announcement: said })
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
      change({ wanted: { name } })
    },
    say: (words) => {
      change({ announcement: saying(words) })
    },
  }
}
