import * as z from 'zod/mini'
import { problemKinds } from '../../contract/state.ts'

/**
 * One request of a login. Nothing in it was written by the broker or the user but the host, which is one of the
 * account's endpoints: paths, queries, headers and bodies may hold secrets and are never kept.
 */
export const TraceLine = z.object({
  /** The id of the login's step. */
  step: z.string(),
  method: z.enum(['GET', 'POST', 'DELETE']),
  host: z.string(),
  /** When it was sent, ms after the login began. */
  at: z.number(),
  /** How long the reply took, ms. */
  ms: z.number(),
  /** The HTTP status; null when no whole reply came. */
  status: z.nullable(z.number()),
  /** The version of IP that the reply came by; absent where that is not known, as through a proxy. */
  family: z.optional(z.literal([4, 6])),
  reply: z.enum(['json', 'page', 'redirect', 'other', 'none']),
  /** Why no reply came. */
  problem: z.nullable(z.enum(problemKinds)),
})
export type TraceLine = z.infer<typeof TraceLine>
/** What one login did, fit to be shown to anybody. */
export const Trace = z.object({
  /** Epoch ms. */
  startedAt: z.number(),
  ms: z.number(),
  result: z.enum(['obtained', ...problemKinds]),
  /** The brokers' clock minus ours, ms; null when not known. */
  clockOffsetMs: z.nullable(z.number()),
  lines: z.array(TraceLine),
  /** The shape of the reply that was not understood, for whoever mends the login; see `reply-shape.ts`. */
  notUnderstood: z.optional(z.array(z.string())),
})
export type Trace = z.infer<typeof Trace>
