import * as z from 'zod/mini'
import { Secret } from '../core/secret.ts'
import { MAX_TYPED } from './fields.ts'
import { Problem } from './state.ts'

/** Longer than any name that an account can have. */
export const accountName = z.string().check(z.maxLength(200))

/** Longer than any code, with room for the spaces that a pasted one may have. */
export const typedCode = z.string().check(z.maxLength(20))

/** A text that may be secret: the page sends it as it was typed, and a handler gets it as a `Secret`. */
export const typedSecret = z.pipe(
  z.string().check(z.maxLength(MAX_TYPED)),
  z.transform((text: string) => new Secret(text)),
)

/** For requests that carry nothing and replies that only say that it is done. */
export const nothing = z.undefined()

/** Either done, or why not. */
export const Outcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), problem: Problem }),
])
export type Outcome = z.infer<typeof Outcome>
