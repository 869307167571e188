import * as z from 'zod/mini'

/** Who caused an event. */
export const actors = ['tray', 'schedule', 'command line', 'exec'] as const
export type Actor = (typeof actors)[number]

/** An event in the life of a token. It does not hold the token. */
export const HistoryEvent = z.object({
  /** Epoch ms. */
  at: z.number(),
  account: z.string(),
  /** `forgotten`: deleted here, at a broker that can't revoke tokens. */
  event: z.enum(['obtained', 'copied', 'revoked', 'forgotten']),
  by: z.enum(actors),
})
export type HistoryEvent = z.infer<typeof HistoryEvent>

/** How long events are kept, ms: 90 days. */
export const HISTORY_KEPT_MS = 90 * 24 * 60 * 60_000

/** Stores the events of tokens for `HISTORY_KEPT_MS`; the tray app and the command line share it. */
export interface History {
  /** Adds an event. */
  add(event: HistoryEvent): Promise<void>
  /** Returns all events, oldest first. */
  read(): Promise<readonly HistoryEvent[]>
}
