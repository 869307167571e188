import * as z from 'zod/mini'
import { Account } from './account.ts'
import { defaultSettings, StoredSettings } from './settings.ts'

/** The whole state file. */
export const State = z.object({
  version: z.literal(1),
  accounts: z.array(Account),
  /** The loopback ports of the practice brokers, by broker and endpoint key, so that a restart uses them again. */
  practicePorts: z.record(z.string(), z.record(z.string(), z.number())),
  settings: StoredSettings,
})
export type State = z.infer<typeof State>
export const emptyState: State = { version: 1, accounts: [], practicePorts: {}, settings: defaultSettings }

/** Returns the account of a name; undefined when there is none. */
export const accountNamed = ({ accounts }: Pick<State, 'accounts'>, name: string): Account | undefined =>
  accounts.find((account) => account.name === name)

/** Returns `state` with `change` applied to the account of a name. */
export function withAccount(state: State, name: string, change: (account: Account) => Account): State {
  return {
    ...state,
    accounts: state.accounts.map((account) => (account.name === name ? change(account) : account)),
  }
}

/** Holds what is kept between runs; the tray app and the command line share it. */
export interface StateStore {
  /** The state as last read or written. */
  readonly state: State
  /** Reads the file again, because another process may have written it. */
  reload(): Promise<State>
  /** Applies `change` to the newest state on disk. Resolves once the result would survive a power cut. */
  update(change: (state: State) => State): Promise<State>
  /** Calls `listener` after every change of `state`, until the returned function is called. */
  onChange(listener: () => void): () => void
}

/** Tells that a state file could not be read. */
export const setAsideNotice = (file: string): string =>
  `The list of accounts could not be read and was set aside as ${file}. Your secrets are still in the keychain. ` +
  'Please add your accounts again.'
