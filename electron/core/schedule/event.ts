import type { ProblemKind } from '../../contract/state.ts'

/** Something that has happened to one account, or to all, which the user may want to know. */
export type ScheduleEvent =
  | {
      readonly kind: 'failed'
      readonly account: string
      readonly problem: ProblemKind
      /** Until when it is tried again by itself, epoch ms; null when it waits for the user. */
      readonly goesOnUntil: number | null
    }
  | {
      readonly kind: 'needs-you'
      readonly account: string
      /** `code`: only the user has it. `sign-in`: only the user does it. `ended` and `lost`: another login may end a session of the user's. */
      readonly why: 'code' | 'sign-in' | 'ended' | 'lost'
    }
  | {
      readonly kind: 'expiring'
      readonly account: string
      /** When the token ends, epoch ms. */
      readonly endsAt: number
      /** Whether the app then logs in again by itself. */
      readonly isRenewed: boolean
    }
  | { readonly kind: 'all-ready'; readonly accounts: readonly string[] }
