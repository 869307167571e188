import type { HttpReply, HttpSession } from '../ports.ts'
import type { Secret } from '../secret.ts'

/**
 * The kinds of fields. The broker counts wrong `guarded` values and locks the account, so only
 * `LoginContext.spendPassword` hands them out. `totp` is the TOTP secret; only its codes leave, through `spendCode`.
 */
export type FieldKind = 'setting' | 'secret' | 'guarded' | 'totp'

export interface Field {
  readonly name: string
  readonly kind: FieldKind
  /** The broker's own name for the field. */
  readonly label: string
  /** Where the user finds the value. */
  readonly help: string
  /** The name that traders already use in `.env` files. */
  readonly env: string
  /** Other names in use in `.env` files, in upper case. */
  readonly aliases?: readonly string[]
  /** True when an account works without the field. */
  readonly optional?: true
  /** The value when the user gives none. */
  readonly initial?: string
  /** True for a field that only changes how to log in, so that a change keeps the current token valid. */
  readonly loginOnly?: true
  /** Normalises a typed value to its stored form. Throws TypeError with the end of a sentence about the field. */
  readonly normalise?: (typed: string) => string
  /**
   * Returns a warning about a value in its stored form, as the end of a sentence about the field; null for none. The
   * value is accepted all the same. The warning repeats nothing of a secret.
   */
  readonly hint?: (value: string) => string | null
}

export interface LoginStep {
  readonly id: string
  /** Shown while the step runs, such as "Checking the password". */
  readonly label: string
}

/** The fields that a broker issues after a login, such as `access_token`. */
export type TokenBundle = Readonly<Record<string, Secret>>

/** A code that only the user has, from the broker's app or a text message. */
export interface CodeQuestion {
  /** The name of the code, such as "Kite app code". */
  readonly label: string
  /** Where the user finds the code. */
  readonly help: string
  readonly digits: number
}

/** The context of every call to a broker. */
export interface CallContext {
  readonly http: HttpSession
  /** Returns a value of kind `setting`; empty for an optional field without a value. */
  setting(field: string): string
  /** Returns the base address of an endpoint. */
  endpoint(key: string): URL
}

/** The context of a call that may say whose token it is. */
export interface OwnerContext extends CallContext {
  /** Returns the user ID of the account's tokens so far; empty when the broker has named none. */
  tokenUser(): string
  /** Remembers the user ID of a token, for the account once the broker has accepted the token. */
  learnTokenUser(userId: string): void
}

/** The kinds of entries that a broker counts when they are wrong. */
export type EntryKind = 'password' | 'code'

/** The entries that one request carries. */
export interface SpentEntries {
  readonly password: string
  readonly code: string
}

/** The context of a login's steps. */
export interface LoginContext extends OwnerContext {
  /** Returns a value of kind `secret`. */
  secret(field: string): Secret
  /** Returns whether an optional secret field has a value. */
  has(field: string): boolean
  /** Shows the user which step runs now. */
  report(stepId: string): void
  /** Waits `ms`, for a broker that wants a gap between requests. */
  pause(ms: number): Promise<void>
  /**
   * Returns the value of a `guarded` field, once the attempt is written down.
   * @throws LoginError `budget-spent`
   */
  spendPassword(field: string): Promise<string>
  /**
   * Returns a TOTP code that was never sent and stays valid for some seconds, once the attempt is written down.
   * @throws LoginError `budget-spent`, `clock-skew`
   */
  spendCode(): Promise<string>
  /** Whether a user can be asked for a code, or has given the code beforehand. */
  readonly canAsk: boolean
  /**
   * Returns both entries for one request, once both attempts are written down. `password` names a `guarded` field.
   * @throws LoginError as `spendPassword` and `spendCode`
   */
  spend(entries: { readonly password: string; readonly code: true }): Promise<SpentEntries>
  /** Settles the attempts of entries that the broker's reply shows as accepted; those attempts cost nothing. */
  accepted(...kinds: readonly EntryKind[]): void
  /**
   * Asks the user for a code and returns it, once the attempt is written down. `accepted` settles the attempt.
   * @throws LoginError `second-factor-needed` when no user can be asked, `budget-spent`
   */
  askCode(question: CodeQuestion): Promise<string>
}

/** The public addresses from which a broker takes orders. */
export interface BrokerAddresses {
  /** The address that the broker saw for this call; null when the broker does not say. */
  readonly seen: string | null
  /** The addresses that the user has registered; empty when the broker does not say. */
  readonly registered: readonly string[]
}

/** A login in which the user signs in on the broker's own page. */
export interface AssistedLogin {
  /**
   * Returns the address of the sign-in page.
   * @param state a random text of this sign-in, for brokers that hand it back
   */
  page(context: CallContext, state: string): URL
  /** Returns whether the sign-in with that `state` ends at an address. The address is parsed, never fetched. */
  isEnd(context: CallContext, address: URL, state: string): boolean
  /** Exchanges what the end address carries for a token. Throws LoginError. */
  finish(context: LoginContext, end: URL): Promise<TokenBundle>
  /** Throws the LoginError that a reply means which the browser got in place of a page. */
  refuse(context: CallContext, reply: HttpReply): Promise<never>
}

/** A number of logins within a time, at most. */
export interface LoginLimit {
  readonly logins: number
  readonly withinMs: number
}

/** Describes a broker: fields, login steps, calls, expiry and terms. */
export interface Broker {
  readonly id: string
  readonly name: string
  /** Two letters for the account's badge. */
  readonly initials: string
  /** `#rrggbb` */
  readonly colour: string
  readonly fields: readonly Field[]
  /** The `setting` field that identifies the login, such as `user_id`, because brokers count attempts by it. */
  readonly identity: string
  /**
   * Ids of the brokers at which the same `identity` signs in with the same entries. Wrong entries count for all of
   * these brokers, so each names the others.
   */
  readonly sharesLoginWith?: readonly string[]
  /** True when an account may hold only a TOTP secret, which shows codes and has no login. */
  readonly codesAlone?: true
  /**
   * Returns whether a login with these settings asks the user for a code. Without it, a login asks when the optional
   * TOTP secret is missing.
   */
  readonly asksForCode?: (settings: Readonly<Record<string, string>>) => boolean
  /**
   * True when a login ends the user's other sessions, such as the browser's, so that the schedule does not log in
   * during the day.
   */
  readonly endsOtherSessions?: true
  /** How many logins of one person the broker allows within a time. Refused ones count too, and all processes count. */
  readonly loginLimits?: readonly LoginLimit[]
  /** How long the broker may refuse a token that it has just handed out, ms; absent where it takes it at once. */
  readonly newTokenSettlesMs?: number
  /** The broker's real base addresses, by endpoint key. */
  readonly endpoints: Readonly<Record<string, string>>
  /** The broker's own pages for people, https addresses that a browser opens. */
  readonly pages: {
    /** Where a trader signs in. */
    readonly login: string
    /** Where apps and keys are kept, if that is another page. */
    readonly developers?: string
  }
  /** The broker's domains to whose hosts a reply may redirect a login, such as `kotaksecurities.com`. */
  readonly domains?: readonly string[]
  readonly terms: {
    readonly label: 'documented machine login' | 'private login endpoints' | 'staff say not allowed'
    /** The terms that the user accepts before the first unattended login. */
    readonly sentence: string
    readonly source: string
  }
  /** The known error codes and types, which are the only reply values that a diagnostic report may hold. */
  readonly replyCodes?: readonly string[]
  /** Every step of a login, in order. */
  readonly steps: readonly LoginStep[]
  /** The fields of the token bundle; the first is the field that a copy takes by default. */
  readonly tokenFields: readonly [string, ...string[]]
  /** Further fields that the token bundle may have. */
  readonly optionalTokenFields?: readonly string[]
  /**
   * The environment variables that a script needs to use the token: the names by field of the bundle or by setting.
   */
  readonly exports: Readonly<Record<string, string>>
  /** Returns when a token issued at `issuedAt` expires (both epoch ms); null when only a probe can tell. */
  expiresAt(issuedAt: number, token: TokenBundle): number | null
  /** Loads the code of the calls in advance; otherwise the first call loads it. */
  readonly load?: () => Promise<unknown>
  /** Performs all steps except the last, the probe, which the engine runs. Throws LoginError. */
  login(context: LoginContext): Promise<TokenBundle>
  /** Absent when the broker has no sign-in page for apps. */
  readonly assisted?: AssistedLogin
  /** Resolves when the broker accepts the token; throws LoginError `token-expired` when the broker refuses it. */
  probe(context: OwnerContext, token: TokenBundle): Promise<void>
  /**
   * Exchanges a token that still works for one that lives longer, without a password or a code. Absent when the broker
   * has no call for it. Throws LoginError; the token at hand is then kept as it is, or replaced by a login in the
   * last third of its life.
   */
  readonly refresh?: (context: OwnerContext, token: TokenBundle) => Promise<TokenBundle>
  /** Asks from which addresses orders may come. Absent when the broker does not say. Throws LoginError. */
  readonly addresses?: (context: CallContext, token: TokenBundle) => Promise<BrokerAddresses>
  /** Revokes the token at the broker; null when the broker has no call for it. */
  readonly revoke: ((context: CallContext, token: TokenBundle) => Promise<void>) | null
}
