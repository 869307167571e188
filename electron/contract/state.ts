import * as z from 'zod/mini'

/** Every way in which a login, a probe or a keychain access can fail. The list is closed. */
export const problemKinds = [
  'bad-credentials',
  'bad-totp',
  'second-factor-mismatch',
  'second-factor-needed',
  'consent-required',
  'account-locked',
  'rate-limited',
  'ip-not-allowed',
  'app-config',
  'subscription',
  'token-expired',
  'broker-down',
  'bot-wall',
  'protocol-changed',
  'network',
  'timeout',
  'clock-skew',
  'keychain-locked',
  'keychain-missing',
  'budget-spent',
  'cancelled',
] as const

export type ProblemKind = (typeof problemKinds)[number]

/** What a problem's button does. */
export const remedies = ['login', 'change', 'proxy', 'signIn', 'update', 'page', 'developers'] as const
export type Remedy = (typeof remedies)[number]

/** Describes a failure in words for the user. */
export const Problem = z.object({
  kind: z.enum(problemKinds),
  /** Tells what happened in one or two plain sentences. */
  message: z.string(),
  /** The broker's own words, when it sent any; shown as quoted text, never as markup. */
  brokerWords: z.nullable(z.string()),
  /** Tells the user the next step. */
  next: z.string(),
  /** What that step asks for, where it is something else than problems of its kind ask for. */
  remedy: z.optional(z.enum(remedies)),
  /** Whether a retry spends no attempt and may work: the page then offers *Try again*. */
  retrySafe: z.boolean(),
  /** When it happened, epoch ms. */
  at: z.number(),
})
export type Problem = z.infer<typeof Problem>

/**
 * The states of an account's token. `fresh` and `expiring` mean that the broker has accepted it;
 * `unverified` means that the broker could not be asked.
 */
export const freshnesses = ['none', 'fresh', 'expiring', 'expired', 'rejected', 'unverified'] as const
export type Freshness = (typeof freshnesses)[number]

export const LoginProgress = z.object({
  /** 1-based; `step` of `total`. */
  step: z.number(),
  total: z.number(),
  /** The step in the flow's own words, such as "Checking the password". */
  label: z.string(),
})
export type LoginProgress = z.infer<typeof LoginProgress>

export const TotpCode = z.object({
  code: z.string(),
  /** The code of the window after this one. */
  next: z.string(),
  /** When this code begins and ends, epoch ms on this machine's clock (a measured clock offset is already taken off). */
  startsAt: z.number(),
  endsAt: z.number(),
})
export type TotpCode = z.infer<typeof TotpCode>

/** Describes a code that only the user has and a login waits for. */
export const QuestionView = z.object({
  /** The code's name, such as "Kite app code". */
  label: z.string(),
  /** Tells where the user finds the code. */
  help: z.string(),
  digits: z.number(),
  /** When it was asked for, epoch ms. */
  askedAt: z.number(),
  /** Until when the login waits for it, epoch ms. */
  endsAt: z.number(),
  /** True when a code was typed before and did not work: the account's problem says why. */
  again: z.boolean(),
})
export type QuestionView = z.infer<typeof QuestionView>

/** The schedule's choices for an account: log in each morning, not on this day, or never. */
export const mornings = ['on', 'not-today', 'off'] as const
export type Morning = (typeof mornings)[number]

/** Describes the schedule's next step. */
export const ScheduleView = z.object({
  /** In one line: "Next login tomorrow 08:15", "Next login tomorrow 07:45 for main", "Paused until Mon 23 Nov 08:15". */
  words: z.string(),
  /** A sentence about days that the exchange's calendar does not cover; null when it covers all. */
  calendarNote: z.nullable(z.string()),
  state: z.enum(['on', 'paused', 'off']),
})
export type ScheduleView = z.infer<typeof ScheduleView>

/** The pages that every broker has: where a trader signs in, and where apps and keys are kept. */
export const brokerPages = ['login', 'developers'] as const
export type BrokerPage = (typeof brokerPages)[number]

/** Describes the exchange's day, as far as TokenTray knows it. */
export const MarketView = z.object({
  /** The market hours, epoch ms; null on a day without trading. */
  session: z.nullable(z.object({ opensAt: z.number(), closesAt: z.number() })),
  /** The name of the holiday that closes the exchange on a weekday; null for none. */
  holiday: z.nullable(z.string()),
})
export type MarketView = z.infer<typeof MarketView>

/** Describes that the system does not start TokenTray at login, so that no morning run may take place. */
export const StartView = z.object({
  /** Whether the user has not been asked yet. */
  asks: z.boolean(),
  /** The time of the morning run. */
  at: z.string(),
})
export type StartView = z.infer<typeof StartView>

export const AccountView = z.object({
  name: z.string(),
  brokerId: z.string(),
  brokerName: z.string(),
  /** Two letters for the account's badge. */
  initials: z.string(),
  /** The broker's colour as `#rrggbb`. */
  colour: z.string(),
  /** True when every endpoint of the account is a loopback address: a practice broker, not a real one. */
  practice: z.boolean(),
  /** The hosts of the broker's own pages, such as `kite.zerodha.com`; null at a practice broker. */
  pages: z.nullable(z.object({ login: z.string(), developers: z.nullable(z.string()) })),
  /** The name of the secret that the user has to enter to cure the problem, such as "PIN"; null for none. */
  toEnter: z.nullable(z.string()),
  /** The public address that the broker does not accept, for registering it there; null for none or unknown. */
  refusedAddress: z.nullable(z.string()),
  /** Until when the broker wants no login, epoch ms; null for now. */
  pausedUntil: z.nullable(z.number()),
  /** Whether the user may sign in on the broker's page in place of TokenTray. */
  canSignIn: z.boolean(),
  /** False for an account that shows TOTP codes alone: it has no token, and nothing to log in with. */
  canLogIn: z.boolean(),
  /** Null for an account that no schedule can log in. */
  morning: z.nullable(z.enum(mornings)),
  /** Whether the account has a TOTP secret; `totp` is null also while the popover is hidden. */
  hasCode: z.boolean(),
  freshness: z.enum(freshnesses),
  /** When the token ends, epoch ms; null without a token or when its end is unknown. */
  expiresAt: z.nullable(z.number()),
  /** Not null while a login runs. */
  login: z.nullable(LoginProgress),
  /** Not null while that login waits for a code from the user. */
  question: z.nullable(QuestionView),
  /** The account's last problem; null for none. */
  problem: z.nullable(Problem),
  /** The current code; null when the account has no TOTP secret, or it is unreadable. */
  totp: z.nullable(TotpCode),
})
export type AccountView = z.infer<typeof AccountView>

/** Describes TokenTray's last copy, with the times of copying and clearing (epoch ms). */
export const ClipboardView = z.object({
  account: z.string(),
  /** `next-code` is the code of the next window, copied because the shown one was about to end. */
  what: z.enum(['token', 'code', 'next-code']),
  copiedAt: z.number(),
  clearsAt: z.number(),
})
export type ClipboardView = z.infer<typeof ClipboardView>

/** Describes the lock that the user has turned on. */
export const LockView = z.object({
  isLocked: z.boolean(),
  /** What the user wanted when they found it locked, such as "copy the access token of main"; null for nothing. */
  wish: z.nullable(z.string()),
  /** Whether Touch ID unlocks too. */
  touchId: z.boolean(),
})
export type LockView = z.infer<typeof LockView>

/** Holds everything that the popover shows. The page is a function of it. */
export const AppState = z.object({
  accounts: z.array(AccountView),
  clipboard: z.nullable(ClipboardView),
  /** Set when the keychain is locked or missing. */
  keychain: z.nullable(Problem),
  /** Set when this machine's clock differs from the brokers' by more than 10 s. */
  clockWarning: z.nullable(z.string()),
  /** Messages to show once, such as about a damaged state file that was set aside. */
  notices: z.array(z.string()),
  /** True for "6:00 am" in place of "06:00". */
  hour12: z.boolean(),
  /** Null when no schedule runs or no account can log in. */
  schedule: z.nullable(ScheduleView),
  /** The account that stands first and is copied without a choice; null for none. */
  pinned: z.nullable(z.string()),
  /** True while the market is open or opens within the hour, so that a missing token is urgent. */
  tokensWanted: z.optional(z.boolean()),
  /** True to blur codes until they are pointed at. */
  blurCodes: z.optional(z.boolean()),
  /** The exchange's day; null while no account can log in. */
  market: z.optional(z.nullable(MarketView)),
  /** Null while the system starts TokenTray at login, can't, or no account of the user's own needs it. */
  startAtLogin: z.optional(z.nullable(StartView)),
  /** Null without a lock. A locked state has no code in it. */
  lock: z.nullable(LockView),
})
export type AppState = z.infer<typeof AppState>
