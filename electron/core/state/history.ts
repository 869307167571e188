import * as z from 'zod/mini'

/** Who had something done. */
export const actors = ['tray', 'schedule', 'command line', 'exec'] as const
export type Actor = (typeof actors)[number]

/** What became of a token, without the token. */
export const HistoryEvent = z.object({
  /** Epoch ms. */
  at: z.number(),
  account: z.string(),
  /** `forgotten` where the broker has no way to end a token. */
  event: z.enum(['obtained', 'copied', 'revoked', 'forgotten']),
  by: z.enum(actors),
})
export type HistoryEvent = z.infer<typeof HistoryEvent>

/** Events are kept for 90 days, ms. */
export const HISTORY_KEPT_MS = 90 * 24 * 60 * 60_000

/** When tokens came, were copied and went; shared like the state, and kept for `HISTORY_KEPT_MS`. */
export interface History {
  add(event: HistoryEvent): Promise<void>
  /** Oldest first. */
  read(): Promise<readonly HistoryEvent[]>
}
