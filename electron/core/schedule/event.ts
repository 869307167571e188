import type { ProblemKind } from '../../contract/state.ts'

/** An event of one or all accounts, of which the user may want a notice. */
export type ScheduleEvent =
  | {
      readonly kind: 'failed'
      readonly account: string
      /** The broker's name. */
      readonly broker: string
      readonly problem: ProblemKind
      /** Until when the app retries, epoch ms; null when the login waits for the user. */
      readonly retriedUntil: number | null
    }
  | {
      readonly kind: 'needs-you'
      readonly account: string
      /** The broker's name. */
      readonly broker: string
      /**
       * The reason. `code` and `sign-in`: only the user can provide it. `ended` and `lost`: another login may end a
       * session of the user.
       */
      readonly why: 'code' | 'sign-in' | 'ended' | 'lost'
    }
  | {
      readonly kind: 'expiring'
      readonly account: string
      /** When the token expires, epoch ms. */
      readonly endsAt: number
      /** Whether the app then logs in again automatically. */
      readonly isRenewed: boolean
    }
  | {
      readonly kind: 'all-ready'
      readonly accounts: readonly string[]
      /** When the first of their tokens ends, epoch ms; null when no broker says so. */
      readonly endsAt: number | null
      /** Epoch ms. */
      readonly now: number
    }
