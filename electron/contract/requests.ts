import * as z from 'zod/mini'
import { Secret } from '../core/secret.ts'
import { MAX_TYPED } from './fields.ts'
import { Problem } from './state.ts'

/** Limits a name to 200 characters, more than any account's name has. */
export const accountName = z.string().check(z.maxLength(200))

/** Limits a code to 20 characters, because a pasted code may contain spaces. */
export const typedCode = z.string().check(z.maxLength(20))

/** Turns a typed text that may be secret into a `Secret` before a handler gets it. */
export const typedSecret = z.pipe(
  z.string().check(z.maxLength(MAX_TYPED)),
  z.transform((text: string) => new Secret(text)),
)

/** Describes a request without a body or a reply without a result. */
export const nothing = z.undefined()

/** Reports success, or the problem that prevented it. */
export const Outcome = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), problem: Problem }),
])
export type Outcome = z.infer<typeof Outcome>
