import * as z from 'zod/mini'
import { problemKinds } from '../../contract/state.ts'

/** Records an account's morning, so that no restart runs it twice or announces it twice. */
export const ScheduleRecord = z.object({
  /** The last run; null for none. */
  run: z.nullable(
    z.object({
      /** Its day in India, as `YYYY-MM-DD`. */
      day: z.string(),
      /** `trying`: retried automatically. `failed` and `needs-you`: waits for the user. */
      state: z.enum(['ready', 'trying', 'failed', 'needs-you']),
      /** How often in a row it failed that day. */
      failures: z.number(),
      /** The time of the next retry, epoch ms; null for only on the next wake-up, or never. */
      nextTryAt: z.nullable(z.number()),
      /** The problem of the last failure; null for none. */
      problem: z.nullable(z.enum(problemKinds)),
      /** How many logins gave a new token that day. */
      logins: z.number(),
      /** When the account's token at the end of the run was issued, epoch ms; null for no token. */
      tokenIssuedAt: z.nullable(z.number()),
    }),
  ),
  /** When the token was issued whose end (whose loss) was last announced, epoch ms; null for none. */
  endToldOf: z.nullable(z.number()),
  lossToldOf: z.nullable(z.number()),
})
export type ScheduleRecord = z.infer<typeof ScheduleRecord>
export type RunRecord = NonNullable<ScheduleRecord['run']>

export const noRecord: ScheduleRecord = { run: null, endToldOf: null, lossToldOf: null }
