import type { AccountView, AppState } from '../../electron/contract/state.ts'
import { announcement } from './announce.ts'
import type { Clock } from './clock.ts'

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
  readonly dismissed: readonly string[]
  /** For the live region; the number tells the same words said twice apart. */
  readonly said: { readonly turn: number; readonly words: string }
}

export interface Store {
  view: () => View
  subscribe: (listener: () => void) => () => void
  receive: (app: AppState) => void
  /** `account` null: not about one account. */
  fail: (account: string | null, failure: Failure) => void
  forgive: (account: string | null) => void
  dismiss: (notice: string) => void
}

const gist = (account: AccountView | undefined): string =>
  JSON.stringify([account?.problem, account?.freshness, account?.login === null])

/** Failures of accounts that have moved on since are old news. */
function stillTrue(failures: View['failures'], before: AppState | null, after: AppState): View['failures'] {
  const find = (app: AppState | null, name: string) => app?.accounts.find((account) => account.name === name)
  const kept = Object.entries(failures).filter(
    ([name]) => gist(find(before, name)) === gist(find(after, name)),
  )
  return Object.fromEntries(kept)
}

export function createStore(clock: Pick<Clock, 'exact' | 'zone'>): Store {
  const listeners = new Set<() => void>()
  let view: View = { app: null, failures: {}, pageFailure: null, dismissed: [], said: { turn: 0, words: '' } }

  const change = (part: Partial<View>): void => {
    view = { ...view, ...part }
    for (const listener of listeners) listener()
  }
  const say = (words: string | null): View['said'] =>
    words === null ? view.said : { turn: view.said.turn + 1, words }

  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    receive: (app) => {
      const words = view.app === null ? null : announcement(view.app, app, clock.exact(), clock.zone())
      change({ app, failures: stillTrue(view.failures, view.app, app), said: say(words) })
    },
    fail: (account, failure) => {
      const said = say(`${account === null ? '' : `${account}: `}${failure.message} ${failure.next}`)
      if (account === null) change({ pageFailure: failure, said })
      else change({ failures: { ...view.failures, [account]: failure }, said })
    },
    forgive: (account) => {
      if (account === null) {
        if (view.pageFailure !== null) change({ pageFailure: null })
      } else if (account in view.failures) {
        change({
          failures: Object.fromEntries(Object.entries(view.failures).filter(([name]) => name !== account)),
        })
      }
    },
    dismiss: (notice) => {
      change({ dismissed: [...view.dismissed, notice] })
    },
  }
}
