import type { Reply, Routes } from './exchange.ts'
import type { PlannedFault } from './faults.ts'

/**
 * A local server that plays a broker, for newcomers and for tests. It is strict where the real one is strict,
 * and it keeps nothing on disk.
 */
export interface PracticeBroker {
  readonly brokerId: string
  /** Base URLs by endpoint key, without a trailing slash, such as `{ web: 'http://127.0.0.1:40001' }`. */
  readonly endpoints: Readonly<Record<string, string>>
  /** The made-up credentials by the broker's field names. They are public and open nothing real. */
  readonly credentials: Readonly<Record<string, string>>
  /** Frees the ports and drops every open connection at once, hanging ones too. */
  stop(): Promise<void>
}

/** What every practice broker can be started with. */
export interface PracticeBrokerOptions {
  /** Wanted ports by endpoint key; one that is taken is replaced by a free one. */
  readonly ports?: Readonly<Record<string, number>>
  /** Replacements for the made-up credentials, by field name. */
  readonly credentials?: Readonly<Record<string, string>>
  /** The broker's clock, in epoch milliseconds. */
  readonly now?: () => number
}

/** How every model can be set up. */
export interface ModelOptions<Credentials> {
  /** Replacements for the made-up credentials. */
  readonly credentials?: Partial<Credentials>
  /** The broker's clock, in epoch milliseconds. */
  readonly now?: () => number
}

/** A broker's model: how it answers, whom it knows and what it has counted, whatever way the requests come. */
export interface BrokerModel<Key extends string = string> {
  readonly brokerId: string
  readonly credentials: Readonly<Record<string, string>>
  /** The routes of each endpoint, by endpoint key. */
  readonly routes: Readonly<Record<Key, Routes>>
  /** Wraps a message in the broker's own error envelope. */
  readonly refuse: (status: number, message: string) => Reply
  /** Wrong passwords or PINs of the known user, while not blocked. */
  readonly wrongPasswords: number
  /** Wrong and repeated codes, while not blocked. */
  readonly wrongCodes: number
  /** Whether the account is blocked after wrong entries. */
  readonly isBlocked: boolean
  /** Time steps (RFC 6238) of the right codes that came in, refused repetitions included. */
  readonly codesSeen: readonly number[]
  /** Tokens handed out at the end of a login. */
  readonly loginsCompleted: number
  /** The code the person's authenticator or phone shows right now. */
  code(): string
  /** Whether a token bundle, by the broker's field names, would be accepted now. */
  accepts(token: Readonly<Record<string, string>>): boolean
  /** Has the person change credentials at the broker, by field name: a new password, a new authenticator. */
  change(credentials: Readonly<Record<string, string>>): void
  /** Uses the code of this moment up, as when the person has just logged in by hand somewhere else. */
  useUpCode(): void
  /** Signs the person out everywhere: sessions and tokens end. */
  endSessions(): void
  /** Resets the count of wrong entries; as with a password reset, every session ends. */
  unblock(): void
}

/** A request a practice broker has read: what was asked, without anything that could be a secret. */
export interface SeenRequest {
  /** When, in epoch milliseconds of the broker's own clock. */
  readonly at: number
  /** The endpoint key of the listener that was asked. */
  readonly listener: string
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** In lower case. */
  readonly headerNames: readonly string[]
  /** The address the connection came from: the asker's own, or that of what stands in between. */
  readonly peer: string
}

/** What tests see of a practice broker, and do to it. A route is written `'POST /api/login'`. */
export interface PracticeControls {
  /** Every request read so far, oldest first. Neither bodies nor header values are kept. */
  readonly requests: readonly SeenRequest[]
  /** Plans a misbehaviour for the next requests of a route; faults planned for one route queue up. */
  fault(plan: PlannedFault): void
  /**
   * Resolves once the route has been asked `count` times since the start. What the broker does with that
   * request has been done by then, though its reply may still be on the way.
   */
  waitFor(route: string, count?: number): Promise<void>
}
