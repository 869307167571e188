import * as z from 'zod/mini'
import { problemKinds } from '../../contract/state.ts'

/** How an account's morning went: kept with the account, so that no restart runs it twice or tells of it twice. */
export const ScheduleRecord = z.object({
  /** The last run; null when there was none. */
  run: z.nullable(
    z.object({
      /** The day in India that it was for, as `YYYY-MM-DD`. */
      day: z.string(),
      /** `trying`: it is tried again by itself. `failed` and `needs-you`: it waits for the user. */
      state: z.enum(['ready', 'trying', 'failed', 'needs-you']),
      /** How often in a row it has failed that day. */
      failures: z.number(),
      /** When it is tried again, epoch ms; null when only at the next wake-up, or not at all. */
      nextTryAt: z.nullable(z.number()),
      /** What went wrong the last time. */
      problem: z.nullable(z.enum(problemKinds)),
      /** Logins that gave a new token that day. */
      logins: z.number(),
      /** When the token was issued that the account had at the end of it, epoch ms; null for none. */
      tokenIssuedAt: z.nullable(z.number()),
    }),
  ),
  /** When the tokens were issued whose end or loss the user was last told of, epoch ms. */
  endToldOf: z.nullable(z.number()),
  lossToldOf: z.nullable(z.number()),
})
export type ScheduleRecord = z.infer<typeof ScheduleRecord>
export type RunRecord = NonNullable<ScheduleRecord['run']>

export const noRecord: ScheduleRecord = { run: null, endToldOf: null, lossToldOf: null }
