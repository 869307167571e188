import type { Reply } from '../exchange.ts'

/** The entries that a broker counts when they are wrong. */
export type Entry = 'password' | 'code'

/** The routes that take passwords and codes, each with the field of body or query that holds the entry. */
export type EntryRoutes = Readonly<
  Record<string, readonly { readonly entry: Entry; readonly field: string }[]>
>

/** Two steps of a login that belong to one generation: the code decides where the PIN goes. */
export interface Pair {
  readonly code: string
  readonly pin: string
}

/** The routes that a broker's login takes, as its protocol has them. */
export interface LoginRoutes {
  /** The routes that every login needs, in order of use. */
  readonly needed: readonly [string, ...string[]]
  /** Two generations of the same steps. The older replaces the newer when the newer's code route is gone. */
  readonly pairs?: { readonly newer: Pair; readonly older: Pair }
  /** The route that checks a token. */
  readonly probe: string
  /** The replies of the probe to a good token from an unregistered address. */
  readonly elsewhere: readonly Reply[]
}

/** What tests and the simulator need to know of a broker's protocol. */
export interface Simulation {
  /** Replaces credentials where two brokers would have the same person. */
  readonly credentials?: Readonly<Record<string, string>>
  /** The credential that the broker counts as a password; absent where a login has none. */
  readonly password?: string
  /** The route of a login's first entry comes first. */
  readonly entries: EntryRoutes
  readonly loginRoutes: LoginRoutes
  /** False where a refused code is not followed by a second one in the same login. */
  readonly secondCode?: false
  /** Recognises replies that judge no entry, beside 429, 503 and routes that are gone. */
  readonly notJudged?: (reply: Reply) => boolean
  /** Logins that the broker allows within a time, beyond which it refuses without a look at the entries. */
  readonly limits?: readonly { readonly logins: number; readonly withinMs: number }[]
}
