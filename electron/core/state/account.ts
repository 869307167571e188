import * as z from 'zod/mini'
import { loginModes } from '../../contract/fields.ts'
import { Problem } from '../../contract/state.ts'
import { harmless } from '../harmless.ts'
import { StoredName } from './account-name.ts'
import { Trace } from './trace.ts'
import { ScheduleRecord } from './schedule-record.ts'
import { Proxy } from './proxy.ts'

const time = z.number()

/** What a broker said about the addresses that it accepts orders from. */
export const AddressRecord = z.object({
  /** The address that the broker saw the login come from; null when it does not say. */
  seen: z.nullable(z.string()),
  /** The addresses that are registered there; empty when it does not say. */
  registered: z.array(z.string()),
  /** When the broker said so, epoch ms. */
  at: time,
  /** The address that it saw the previous login come from; null when it did not say. */
  before: z._default(z.nullable(z.string()), null),
})
export type AddressRecord = z.infer<typeof AddressRecord>

/** A problem as the state file holds it, without what steers a terminal: older versions may have written such words. */
const StoredProblem = z.pipe(
  Problem,
  z.transform((problem: Problem) => ({
    ...problem,
    message: harmless(problem.message),
    brokerWords: problem.brokerWords === null ? null : harmless(problem.brokerWords),
    next: harmless(problem.next),
  })),
)

/** An account at a broker, as the state file holds it. Its secrets are only in the keychain. */
export const Account = z.object({
  name: StoredName,
  brokerId: z.string(),
  /** The broker's fields of kind `setting`, by field name. */
  settings: z.record(z.string(), z.string()),
  /** Base URLs that replace the broker's own, by endpoint key. */
  endpoints: z.record(z.string(), z.string()),
  /** The proxy for all its requests; null for none. */
  proxy: z._default(z.nullable(Proxy), null),
  /** The only IP version for its connections; null or absent for both. */
  family: z.optional(z.nullable(z.literal([4, 6]))),
  /** Who signs in; absent means `unattended`, the app itself. */
  mode: z.optional(z.enum(loginModes)),
  /** When the user accepted the broker's terms sentence, epoch ms; null for not yet. */
  termsAcceptedAt: z.nullable(time),
  /** When each secret was last entered, epoch ms. */
  secretsSetAt: z.record(z.string(), time),
  /**
   * Attempts sent to the broker that it is not known to have accepted; see `state/attempts.ts`. This field and the
   * next five are equal in all accounts of one login: see `withAttempts`.
   */
  spent: z.object({ password: z.number(), code: z.number() }),
  /** Whether the broker refused the password; false when an attempt only got no answer. */
  passwordRefused: z._default(z.boolean(), false),
  /** The latest TOTP windows whose codes were sent, oldest first. */
  codesSent: z.array(z.number()),
  /** How many more wrong entries the broker says it allows; null when it does not say. */
  attemptsLeft: z._default(z.nullable(z.number()), null),
  /** The end of the broker's cool-down, epoch ms; see `login/attempts/cool-down.ts`. */
  coolDownUntil: z._default(z.nullable(time), null),
  /** When the latest logins began, epoch ms, where the broker limits them; see `login/attempts/login-limits.ts`. */
  loginsAt: z.catch(z.optional(z.array(time)), undefined),
  /** Whether the broker has accepted this account's password since the user last entered it. */
  passwordProven: z._default(z.boolean(), false),
  /** The record of the token in the keychain; see `state/freshness.ts`. */
  token: z.nullable(
    z.object({
      issuedAt: time,
      expiresAt: z.nullable(time),
      seen: z.enum(['accepted', 'rejected', 'unverified']),
      doubts: z.catch(z.optional(z.int()), undefined),
    }),
  ),
  /** The broker's user ID of the tokens so far; absent until a broker that says it has named one. */
  tokenUser: z.catch(z.optional(z.string()), undefined),
  /** Why the last login failed; null when it did not. */
  problem: z.nullable(StoredProblem),
  /** The trace of the last login, for support. */
  trace: z._default(z.nullable(Trace), null),
  /** What the broker said about addresses at the last login that asked; dropped when unreadable. */
  addresses: z.catch(z.optional(AddressRecord), undefined),
  /** What the schedule did for the account; dropped when unreadable. */
  schedule: z.catch(z.optional(ScheduleRecord), undefined),
})
export type Account = z.infer<typeof Account>

/** Returns the name of the keychain item that holds an account's secret field. */
export const secretKey = (account: string, field: string): string => `${account}/${field}`

/** Returns the name of the keychain item that says where an account's secrets may go: see `accounts/binding.ts`. */
export const bindingKey = (account: string): string => `${account}/bound-to`

/** Returns the name of the keychain item that says where an account's token may go. */
export const tokenBindingKey = (account: string): string => `${account}/token/bound-to`

/** Returns the name of the keychain item that holds a field of an account's token bundle. */
export const tokenKey = (account: string, field: string): string => `${account}/token/${field}`

/** Returns the names of the fields that an account has a value for. */
export const filledFields = ({
  settings,
  secretsSetAt,
}: Pick<Account, 'settings' | 'secretsSetAt'>): string[] => [
  ...Object.keys(settings),
  ...Object.keys(secretsSetAt),
]
