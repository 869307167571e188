import type { HttpReply, HttpSession } from '../ports.ts'
import type { Secret } from '../secret.ts'

/**
 * `guarded` values are counted by the broker when wrong, and lock the account: they are only handed out by
 * `LoginContext.spendPassword`. `totp` is the TOTP secret; only its codes leave, through `spendCode`.
 */
export type FieldKind = 'setting' | 'secret' | 'guarded' | 'totp'

export interface Field {
  readonly name: string
  readonly kind: FieldKind
  /** The broker's own name for it. */
  readonly label: string
  /** Where to find it. */
  readonly help: string
  /** The name that traders already use for it in `.env` files. */
  readonly env: string
  /** Other names that are in use for it there, in upper case. */
  readonly aliases?: readonly string[]
  /** True when an account does without it as well. */
  readonly optional?: true
  /** What counts when the user gives nothing. */
  readonly initial?: string
  /** True where it says only how to log in: a change of it leaves a token at hand as good as it was. */
  readonly loginOnly?: true
  /** Brings a typed value to its stored form. Throws TypeError with the end of a sentence about the field. */
  readonly normalise?: (typed: string) => string
  /**
   * Returns what looks odd about a value in its stored form, as the end of a sentence about the field; null when
   * nothing does. The value is taken all the same. The words repeat nothing of a secret.
   */
  readonly hint?: (value: string) => string | null
}

export interface LoginStep {
  readonly id: string
  /** Shown while it runs, such as "Checking the password". */
  readonly label: string
}

/** The fields a broker hands out after a login, such as `access_token`. */
export type TokenBundle = Readonly<Record<string, Secret>>

/** A code that only the user has: in the broker's app, or in a text message. */
export interface CodeQuestion {
  /** What it is called, such as "Kite app code". */
  readonly label: string
  /** Where to find it. */
  readonly help: string
  readonly digits: number
}

/** What every call to a broker is given. */
export interface CallContext {
  readonly http: HttpSession
  /** A value of kind `setting`; empty for an optional one that is not given. */
  setting(field: string): string
  /** The base address of one of the broker's endpoints. */
  endpoint(key: string): URL
}

/** What a broker counts when it is wrong. */
export type EntryKind = 'password' | 'code'

/** The entries that one request carries. */
export interface SpentEntries {
  readonly password: string
  readonly code: string
}

/** What a login's steps are given. */
export interface LoginContext extends CallContext {
  /** A value of kind `secret`. */
  secret(field: string): Secret
  /** Whether the user has given a value for an optional secret field. */
  has(field: string): boolean
  /** Tells the user which step runs now. */
  report(stepId: string): void
  /** Waits `ms`, as a broker that wants its requests apart likes it. */
  pause(ms: number): Promise<void>
  /**
   * The value of a `guarded` field, once the attempt is written down.
   * @throws LoginError `budget-spent`
   */
  spendPassword(field: string): Promise<string>
  /**
   * A TOTP code that has never been sent and has some seconds to live, once the attempt is written down.
   * @throws LoginError `budget-spent`, `clock-skew`
   */
  spendCode(): Promise<string>
  /** Whether there is somebody to ask for a code, or one that was given beforehand. */
  readonly canAsk: boolean
  /**
   * Both for one request, once both attempts are written down. `password` names a `guarded` field.
   * @throws LoginError as `spendPassword` and `spendCode`
   */
  spend(entries: { readonly password: string; readonly code: true }): Promise<SpentEntries>
  /** To be called when the broker's reply shows that it took these: their attempts cost nothing. */
  accepted(...kinds: readonly EntryKind[]): void
  /**
   * A code that the user types, once the attempt is written down; to be settled by `accepted` like our own.
   * @throws LoginError `second-factor-needed` when there is nobody to ask, `budget-spent`
   */
  askCode(question: CodeQuestion): Promise<string>
}

/** What a broker says of the public addresses that it takes orders from. */
export interface BrokerAddresses {
  /** The address that it saw this conversation come from; null where it does not say. */
  readonly seen: string | null
  /** Those that the user has registered there; empty where it does not say. */
  readonly registered: readonly string[]
}

/** What a login by the user's own hand takes, on the page that the broker has for it. */
export interface AssistedLogin {
  /** Where the user signs in. */
  page(context: CallContext): URL
  /** Whether an address is the one that the broker sends the browser to at the end. It is parsed, never fetched. */
  isEnd(context: CallContext, address: URL): boolean
  /** The token for what that address carries. Throws LoginError. */
  finish(context: LoginContext, end: URL): Promise<TokenBundle>
  /** Throws the LoginError that a reply means which the browser got in place of a page. */
  refuse(context: CallContext, reply: HttpReply): Promise<never>
}

/** All that is known about a broker. */
export interface Broker {
  readonly id: string
  readonly name: string
  /** Two letters for the account's badge. */
  readonly initials: string
  /** `#rrggbb` */
  readonly colour: string
  readonly fields: readonly Field[]
  /** The field of kind `setting` that says whose login it is, such as `user_id`: brokers count attempts by it. */
  readonly identity: string
  /**
   * Ids of the brokers at which the same person, by the same `identity`, signs in with the same entries: wrong
   * ones count for all of them, and each of them names the others.
   */
  readonly sharesLoginWith?: readonly string[]
  /** True where an account may hold a TOTP secret alone: it shows codes to type by hand and has no login. */
  readonly codesAlone?: true
  /**
   * Whether a login asks the user for a code, by the account's settings. Brokers that do not say so ask where the
   * TOTP secret may be left out and is.
   */
  readonly asksForCode?: (settings: Readonly<Record<string, string>>) => boolean
  /**
   * True where a login ends other sessions of the user's, such as the one in their browser: then none is made by
   * itself in the middle of a day.
   */
  readonly endsOtherSessions?: true
  /** The broker's real base addresses, by endpoint key. */
  readonly endpoints: Readonly<Record<string, string>>
  /** Domains of the broker's whose hosts a reply may send a login on to, such as `kotaksecurities.com`. */
  readonly domains?: readonly string[]
  readonly terms: {
    readonly label: 'documented machine login' | 'private login endpoints' | 'staff say not allowed'
    /** What the user agrees to before the first unattended login. */
    readonly sentence: string
    readonly source: string
  }
  /** Codes and types of errors that it is known to send: the only values of a reply that a report of it may hold. */
  readonly replyCodes?: readonly string[]
  /** Every step of a login, in order. */
  readonly steps: readonly LoginStep[]
  /** The fields of its token bundle; the first is the one that is copied when only one is asked for. */
  readonly tokenFields: readonly [string, ...string[]]
  /** Fields that its token bundle may have as well. */
  readonly optionalTokenFields?: readonly string[]
  /**
   * What a script needs to use the token, by the environment variables' names that it would use: fields of the
   * bundle, and settings.
   */
  readonly exports: Readonly<Record<string, string>>
  /** When a token issued at `issuedAt` ends (both epoch ms); null when only a probe can tell. */
  expiresAt(issuedAt: number, token: TokenBundle): number | null
  /** Loads its calls beforehand; otherwise they load with the first of them. */
  readonly load?: () => Promise<unknown>
  /** Performs the steps but for the last, the probe, which the engine does itself. Throws LoginError. */
  login(context: LoginContext): Promise<TokenBundle>
  /** Left out where the broker has no page to sign in on for an app. */
  readonly assisted?: AssistedLogin
  /** Resolves when the broker accepts the token; throws LoginError `token-expired` when it does not. */
  probe(context: CallContext, token: TokenBundle): Promise<void>
  /** Asks which addresses orders may come from. Left out where the broker does not say. Throws LoginError. */
  readonly addresses?: (context: CallContext, token: TokenBundle) => Promise<BrokerAddresses>
  /** Ends the token at the broker. Null where the broker has no way to. */
  readonly revoke: ((context: CallContext, token: TokenBundle) => Promise<void>) | null
}
