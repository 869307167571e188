import * as z from 'zod/mini'
import { problemKinds } from '../../contract/state.ts'

/**
 * One request of a login. The host, one of the account's endpoints, is the only text that comes from outside. Paths,
 * queries, headers and bodies may hold secrets and are never kept.
 */
export const TraceLine = z.object({
  /** The id of the login's step. */
  step: z.string(),
  method: z.enum(['GET', 'POST', 'DELETE']),
  host: z.string(),
  /** When it was sent, ms after the login began. */
  at: z.number(),
  /** The time until the reply, ms. */
  ms: z.number(),
  /** The HTTP status; null without a complete reply. */
  status: z.nullable(z.number()),
  /** The IP version of the connection; absent when unknown, as through a proxy. */
  family: z.optional(z.literal([4, 6])),
  reply: z.enum(['json', 'page', 'redirect', 'other', 'none']),
  /** Why there is no complete reply; null when there is one, or when the reason is unknown. */
  problem: z.nullable(z.enum(problemKinds)),
})
export type TraceLine = z.infer<typeof TraceLine>

/** What one login did. Holds no secret, so that it can be shown to anybody. */
export const Trace = z.object({
  /** Epoch ms. */
  startedAt: z.number(),
  ms: z.number(),
  result: z.enum(['obtained', ...problemKinds]),
  /** The brokers' clock minus ours, ms; null when unknown. */
  clockOffsetMs: z.nullable(z.number()),
  lines: z.array(TraceLine),
  /** The shape of the reply that was not understood, for debugging; see `reply-shape.ts`. */
  notUnderstood: z.optional(z.array(z.string())),
})
export type Trace = z.infer<typeof Trace>
