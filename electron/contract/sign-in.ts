import * as z from 'zod/mini'
import type { Bridge, Contract } from './contract.ts'
import { nothing, Outcome } from './requests.ts'
import { TotpCode } from './state.ts'

/** Holds what the strip above a broker's page shows. */
export const SignInView = z.object({
  account: z.string(),
  /** Whose page is shown below, such as `kite.zerodha.com`. */
  host: z.string(),
  /** What the user types there as their name, with the broker's own word for it; null for unknown. */
  loginId: z.nullable(z.object({ label: z.string(), value: z.string() })),
  /** The account's current code; null without a TOTP secret. */
  code: z.nullable(TotpCode),
})
export type SignInView = z.infer<typeof SignInView>

/** Defines the requests and events of the strip in the window for signing in. The broker's page has no part in it. */
export const signInContract = {
  requests: {
    describe: { request: nothing, reply: SignInView },
    copyCode: { request: nothing, reply: Outcome },
    copyLoginId: { request: nothing, reply: Outcome },
    /** Tells the strip's height, CSS px; the broker's page begins below it. */
    fit: { request: z.object({ height: z.number().check(z.gte(0), z.lte(2_000)) }), reply: nothing },
  },
  events: {
    /** The page below is another one. */
    moved: z.object({ host: z.string() }),
  },
} satisfies Contract

/** `window.signIn` in the strip. */
export type SignInBridge = Bridge<typeof signInContract>
