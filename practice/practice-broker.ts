import type { Reply, Routes } from './exchange.ts'
import type { PlannedFault } from './faults.ts'

/**
 * A local server that plays a broker, for newcomers and tests. Is as strict as the real broker and stores nothing
 * on disk.
 */
export interface PracticeBroker {
  readonly brokerId: string
  /** Base URLs by endpoint key, without a trailing slash, such as `{ web: 'http://127.0.0.1:40001' }`. */
  readonly endpoints: Readonly<Record<string, string>>
  /** The made-up credentials by the broker's field names. They are public and open nothing real. */
  readonly credentials: Readonly<Record<string, string>>
  /** Frees the ports and drops every open connection, hanging connections included. */
  stop(): Promise<void>
}

/** The options of every practice broker. */
export interface PracticeBrokerOptions {
  /** Wanted ports by endpoint key. A free port replaces a taken one. */
  readonly ports?: Readonly<Record<string, number>>
  /** Replacements for the made-up credentials, by field name. */
  readonly credentials?: Readonly<Record<string, string>>
  /** The broker's clock, in epoch milliseconds. */
  readonly now?: () => number
}

/** The options of every model. */
export interface ModelOptions<Credentials> {
  /** Replacements for the made-up credentials. */
  readonly credentials?: Partial<Credentials>
  /** The broker's clock, in epoch milliseconds. */
  readonly now?: () => number
}

/** Models a broker without a transport: its replies, its customer and its counts. */
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
  /** Time steps (RFC 6238) of the right codes received, refused repetitions included. */
  readonly codesSeen: readonly number[]
  /** Number of tokens issued at the end of a login. */
  readonly loginsCompleted: number
  /** Returns the code that the person's authenticator or phone shows now. */
  code(): string
  /** Tells whether the broker would accept a token bundle now, by the broker's field names. */
  accepts(token: Readonly<Record<string, string>>): boolean
  /** Changes the person's credentials at the broker, by field name: a new password, a new authenticator. */
  change(credentials: Readonly<Record<string, string>>): void
  /** Uses up the current code, as a login somewhere else does. */
  useUpCode(): void
  /** Signs the person out everywhere, which ends sessions and tokens. */
  endSessions(): void
  /** Blocks the account, as five wrong entries elsewhere do. */
  block(): void
  /** Resets the count of wrong entries. As with a password reset, every session ends. */
  unblock(): void
}

/** Holds the public parts of a request that a practice broker has read, and no secret. */
export interface SeenRequest {
  /** The time of the request, in epoch milliseconds of the broker's own clock. */
  readonly at: number
  /** The endpoint key of the listener. */
  readonly listener: string
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** In lower case. */
  readonly headerNames: readonly string[]
  /** The address that the connection came from: the client's, or that of a proxy between. */
  readonly peer: string
}

/** Lets tests observe and control a practice broker. A route is written `'POST /api/login'`. */
export interface PracticeControls {
  /** Every request read so far, oldest first, without bodies and header values. */
  readonly requests: readonly SeenRequest[]
  /** Plans a fault for the next requests of a route. Faults of one route queue up. */
  fault(plan: PlannedFault): void
  /**
   * Resolves when the route has been requested `count` times since the start. The broker has processed the request
   * by then, though its reply may still be on the way.
   */
  waitFor(route: string, count?: number): Promise<void>
}
