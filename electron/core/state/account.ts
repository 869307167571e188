import * as z from 'zod/mini'
import { loginModes } from '../../contract/fields.ts'
import { Problem } from '../../contract/state.ts'
import { Trace } from './trace.ts'
import { ScheduleRecord } from './schedule-record.ts'
import { Proxy } from './proxy.ts'

const time = z.number()

/** What a broker has said of the addresses that it takes orders from. */
export const AddressRecord = z.object({
  /** The address that it saw the login come from; null where it does not say. */
  seen: z.nullable(z.string()),
  /** Those that are registered there; empty where it does not say. */
  registered: z.array(z.string()),
  /** When it said so, epoch ms. */
  at: time,
  /** The address that it saw the login before come from; null when it had not said. */
  before: z._default(z.nullable(z.string()), null),
})
export type AddressRecord = z.infer<typeof AddressRecord>

/** One login at one broker, as the state file holds it. Its secrets are in the keychain and nowhere else. */
export const Account = z.object({
  name: z.string(),
  brokerId: z.string(),
  /** The broker's fields of kind `setting`, by field name. */
  settings: z.record(z.string(), z.string()),
  /** Base addresses that replace the broker's own, by endpoint key. */
  endpoints: z.record(z.string(), z.string()),
  /** What all its requests go through; null for none. */
  proxy: z._default(z.nullable(Proxy), null),
  /** The version of IP that all its connections are held to; null or absent for whichever answers. */
  family: z.optional(z.nullable(z.literal([4, 6]))),
  /** Who signs in; the app itself when not said. */
  mode: z.optional(z.enum(loginModes)),
  /** When the user agreed to the broker's terms sentence, epoch ms. */
  termsAcceptedAt: z.nullable(time),
  /** When each secret was last entered, epoch ms. */
  secretsSetAt: z.record(z.string(), time),
  /**
   * Attempts sent to the broker that it has not been seen to accept; see `state/attempts.ts`. This and the next four
   * are the same in all accounts of one login: see `withAttempts`.
   */
  spent: z.object({ password: z.number(), code: z.number() }),
  /** Whether the broker has refused the password, and not only left one without an answer. */
  passwordRefused: z._default(z.boolean(), false),
  /** The last time windows whose codes were sent, oldest first. */
  codesSent: z.array(z.number()),
  /** How many more wrong entries the broker says it will take; null when it has not said. */
  attemptsLeft: z._default(z.nullable(z.number()), null),
  /** Until when the broker wants no requests, epoch ms; see `login/attempts/cool-down.ts`. */
  coolDownUntil: z._default(z.nullable(time), null),
  /** Whether the broker has accepted this account's password since it was last entered. */
  passwordProven: z._default(z.boolean(), false),
  /** What is known of the token in the keychain; see `state/freshness.ts`. */
  token: z.nullable(
    z.object({
      issuedAt: time,
      expiresAt: z.nullable(time),
      seen: z.enum(['accepted', 'rejected', 'unverified']),
    }),
  ),
  /** How the last login ended, when it ended badly. */
  problem: z.nullable(Problem),
  /** What the last login did, for support. */
  trace: z._default(z.nullable(Trace), null),
  /** What the broker said of addresses at the last login that asked it; an unreadable one is as good as none. */
  addresses: z.catch(z.optional(AddressRecord), undefined),
  /** What the schedule did for it; an unreadable one is as good as none. */
  schedule: z.catch(z.optional(ScheduleRecord), undefined),
})
export type Account = z.infer<typeof Account>

/** The keychain's name for a secret field of an account. */
export const secretKey = (account: string, field: string): string => `${account}/${field}`

/** The keychain's name for a field of an account's token bundle. */
export const tokenKey = (account: string, field: string): string => `${account}/token/${field}`

/** The names of the fields that an account has a value for. */
export const filledFields = ({
  settings,
  secretsSetAt,
}: Pick<Account, 'settings' | 'secretsSetAt'>): string[] => [
  ...Object.keys(settings),
  ...Object.keys(secretsSetAt),
]
