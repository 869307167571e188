import type { Problem, ProblemKind, Remedy } from '../contract/state.ts'
import { INSTALL_KEYCHAIN, namingBroker } from '../contract/words.ts'
import { harmless } from './harmless.ts'

interface Rule {
  /** What happened, for an error without a more exact message. */
  readonly message: string
  readonly next: string
  readonly retrySafe: boolean
}

/**
 * The message, the next step and the retry safety of each kind. A retry is safe only when it costs no attempt and the
 * broker has not asked for a pause.
 */
const rules: Record<ProblemKind, Rule> = {
  'bad-credentials': {
    message: 'The broker refused this user ID or password.',
    next: 'Try the same ones on the broker’s page. If they work there, enter them here again; until then TokenTray won’t log in.',
    retrySafe: false,
  },
  'bad-totp': {
    message: 'The broker refused the TOTP code.',
    next: 'Compare the code here with your authenticator app. If they differ, enter the TOTP secret again.',
    retrySafe: false,
  },
  'second-factor-mismatch': {
    message: 'The broker asks for something other than TOTP.',
    next: 'Turn on external TOTP in your profile at the broker, then enter the new TOTP secret here.',
    retrySafe: false,
  },
  'second-factor-needed': {
    message: 'The broker wants the code from your phone.',
    next: 'Log in again and type the code when asked.',
    retrySafe: true,
  },
  'consent-required': {
    message: 'The broker wants you to authorise your app once.',
    next: 'Log in to your app once in the browser, press Authorize, then log in here again.',
    retrySafe: false,
  },
  'account-locked': {
    message: 'The broker has locked this account.',
    next: 'Unlock it on the broker’s page (usually by a password reset), then enter the new password here.',
    retrySafe: false,
  },
  'rate-limited': {
    message: 'The broker wants a pause, after too many requests.',
    next: 'Wait a few minutes before the next login.',
    retrySafe: false,
  },
  'ip-not-allowed': {
    message: 'The broker accepts only your registered IP address.',
    next: 'Log in from that address, or register this one with the broker.',
    retrySafe: false,
  },
  'app-config': {
    message: 'The broker refused the API key or API secret.',
    next: 'Compare both with the broker’s developer page, and enter the right ones here.',
    retrySafe: false,
  },
  subscription: {
    message: 'The broker says that your app has no active subscription.',
    next: 'Renew the subscription on the broker’s developer page, then log in again.',
    retrySafe: false,
  },
  'token-expired': {
    message: 'The broker no longer accepts this token.',
    next: 'Log in again.',
    retrySafe: true,
  },
  'broker-down': {
    message: 'The broker’s server is down.',
    next: 'Try again in a few minutes.',
    retrySafe: true,
  },
  'bot-wall': {
    message: 'The broker wants to see a human first.',
    next: 'Log in once on the broker’s page from this computer, then try again here.',
    retrySafe: false,
  },
  'protocol-changed': {
    message: 'The broker changed its login. This version doesn’t know the new one.',
    next: 'Log in on the broker’s page today, and update TokenTray.',
    retrySafe: false,
  },
  network: {
    message: 'The broker could not be reached.',
    next: 'Check the network connection, then try again.',
    retrySafe: true,
  },
  timeout: {
    message: 'The broker did not answer in time.',
    next: 'Try again in a few minutes.',
    retrySafe: true,
  },
  'clock-skew': {
    message: 'Your clock is wrong, so TOTP codes are too.',
    next: 'Turn on automatic time in the system settings, then try again.',
    retrySafe: false,
  },
  'keychain-locked': {
    message: 'The system keychain is locked.',
    next:
      'Unlock it (on Linux, log in to your desktop session again or open “Passwords and Keys”), then try again. ' +
      'If the keychain was restarted, restart TokenTray too.',
    retrySafe: true,
  },
  'keychain-missing': {
    message: 'No keychain found.',
    next:
      `On Linux, install gnome-keyring (${INSTALL_KEYCHAIN}) or KWallet, then try again. ` +
      'If the keychain was restarted, restart TokenTray too.',
    retrySafe: true,
  },
  'budget-spent': {
    message: 'Stopped, so that your account isn’t locked.',
    next: 'Try your details on the broker’s page. If they work there, enter them here again.',
    retrySafe: false,
  },
  cancelled: {
    message: 'Cancelled.',
    next: 'Log in again when you like.',
    retrySafe: true,
  },
}

const notJudgedKinds: ReadonlySet<ProblemKind> = new Set(['rate-limited', 'second-factor-mismatch'])

/** A sentence about what to do that asks for something else than problems of its kind do. */
export interface Advice {
  readonly words: string
  readonly remedy: Remedy
}

/** Returns a sentence about what to do, together with what it asks for. */
export const asking = (remedy: Remedy, words: string): Advice => ({ words, remedy })

export interface LoginErrorDetails {
  /** Replaces the kind's general sentence about what happened. */
  message?: string
  /** Replaces the kind's general sentence about what to do. */
  next?: string | Advice
  /** The broker's own words. */
  brokerWords?: string
  /** True when the broker certainly has not judged the entry: see `LoginError.notJudged`. */
  notJudged?: boolean
  /** How long the broker wants no further requests, ms, by its words or documents. */
  coolDownMs?: number
  /** True for a refusal that the broker also sends for valid tokens, such as outside market hours. */
  mayBeGood?: boolean
  /** True when the login must not be retried automatically, whatever the kind allows. */
  final?: boolean
  cause?: unknown
}

/** The only error of logins, probes, logouts and the keychain. */
export class LoginError extends Error {
  override readonly name = 'LoginError'
  readonly kind: ProblemKind
  readonly next: string
  /** What `next` asks for; null for what problems of the kind ask for. */
  readonly remedy: Remedy | null
  readonly brokerWords: string | null
  /**
   * True when the broker certainly has not judged the entry, so that the attempt cost nothing. A time-out, a cut
   * connection or a gateway's 502 prove nothing, because the broker may have counted the entry before the reply was
   * lost.
   */
  readonly notJudged: boolean
  readonly coolDownMs: number | null
  readonly final: boolean
  readonly mayBeGood: boolean

  constructor(kind: ProblemKind, details: LoginErrorDetails = {}) {
    // A reply's own text may be part of a sentence.
    super(harmless(details.message ?? rules[kind].message), { cause: details.cause })
    this.kind = kind
    const { words, remedy } = adviceOf(details.next ?? rules[kind].next)
    this.next = harmless(words)
    this.remedy = remedy
    this.brokerWords = details.brokerWords ?? null
    this.coolDownMs = details.coolDownMs ?? null
    this.final = details.final === true
    this.mayBeGood = details.mayBeGood === true
    this.notJudged = details.notJudged === true || notJudgedKinds.has(kind)
  }

  get retrySafe(): boolean {
    return rules[this.kind].retrySafe
  }

  /** Returns a copy of the error with these details replaced. */
  with(details: LoginErrorDetails): LoginError {
    const { kind, message, brokerWords, notJudged, coolDownMs, mayBeGood, final, cause } = this
    return new LoginError(kind, {
      ...{ message, notJudged, mayBeGood, final, cause },
      next: this.#advising(this.next),
      ...(brokerWords !== null && { brokerWords }),
      ...(coolDownMs !== null && { coolDownMs }),
      ...details,
    })
  }

  /** Returns the error with a broker's name in place of “the broker”. */
  naming(broker: string): LoginError {
    return this.with({
      message: namingBroker(this.message, broker),
      next: this.#advising(namingBroker(this.next, broker)),
    })
  }

  /** Returns the error with more words of advice, which ask for the same. */
  adding(words: string): LoginError {
    return this.with({ next: this.#advising(`${this.next} ${words}`) })
  }

  #advising(words: string): string | Advice {
    return this.remedy === null ? words : asking(this.remedy, words)
  }

  /** Returns the error in the form of the pages and the state file; `at` is epoch ms. */
  toProblem(at: number): Problem {
    return {
      kind: this.kind,
      message: this.message,
      brokerWords: this.brokerWords,
      next: this.next,
      ...(this.remedy !== null && { remedy: this.remedy }),
      retrySafe: this.retrySafe,
      at,
    }
  }
}

const adviceOf = (next: string | Advice): { words: string; remedy: Remedy | null } =>
  typeof next === 'string' ? { words: next, remedy: null } : next

/** Invalid input from the user, with a message for each named input. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly errors: Readonly<Record<string, string>>

  constructor(errors: Readonly<Record<string, string>>) {
    super(
      Object.entries(errors)
        .map(([field, message]) => `${field}: ${message}`)
        .join('\n'),
    )
    this.errors = errors
  }
}

/** Returns the code of a system error, such as `ENOENT`; null for an error without a code. */
export const errorCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null
