import type { PracticeMind } from '../practice/practice-broker.ts'
import { kiteConnectMind } from '../practice/kite-connect.ts'
import { Ledger, type Entry } from './ledger.ts'

/** Where a broker is told a password or a code, by route, with the field that holds it. */
type EntryRoutes = Readonly<Record<string, { readonly entry: Entry; readonly field: string }>>

interface Kind {
  readonly mind: (options: { now: () => number }) => PracticeMind
  readonly entries: EntryRoutes
  /** The names of the credentials that the user may change at the broker. */
  readonly password: string
}

const kinds: readonly [Kind, ...Kind[]] = [
  {
    mind: kiteConnectMind,
    password: 'password',
    entries: {
      'POST /api/login': { entry: 'password', field: 'password' },
      'POST /api/twofa': { entry: 'code', field: 'twofa_value' },
    },
  },
]

/** One trader's seat at one practice broker: the broker, what TokenTray was told, and the observer between them. */
export interface Desk {
  readonly mind: PracticeMind
  readonly account: string
  readonly endpoints: Readonly<Record<string, string>>
  readonly entries: EntryRoutes
  readonly passwordField: string
  readonly ledger: Ledger
  /** What the user has typed into TokenTray. */
  typed: Readonly<Record<string, string>>
  /** Whether sessions were ended at the broker since TokenTray last had a token accepted. */
  isTokenInDoubt: boolean
  /** Whether a process was killed between writing an attempt down and hearing of it. */
  isBudgetInDoubt: boolean
  /** Wrong entries the broker had counted by last night, when it forgot them. */
  wrongEntriesForgotten: number
}

/** A desk at every broker there is. */
export function openDesks(now: () => number): Desk[] {
  return kinds.map(({ mind: makeMind, entries, password }) => {
    const mind = makeMind({ now })
    const endpoints: Record<string, string> = {}
    for (const key of Object.keys(mind.routes)) endpoints[key] = `https://${key}.${mind.brokerId}.example`
    return {
      mind,
      account: mind.brokerId,
      endpoints,
      entries,
      passwordField: password,
      ledger: new Ledger(),
      typed: { ...mind.credentials },
      isTokenInDoubt: false,
      isBudgetInDoubt: false,
      wrongEntriesForgotten: 0,
    }
  })
}
