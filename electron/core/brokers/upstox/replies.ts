import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import { readJson, statusError } from '../kit/replies.ts'
import { refusalError, type Refusal, type UpstoxCall } from './refusals.ts'

/** https://upstox.com/developer/api-documentation/response-structure; the code has an old and a new spelling. */
const ApiFailure = z.object({
  status: z.literal('error'),
  errors: z.nullish(
    z.array(
      z.object({
        error_code: z.nullish(z.string()),
        errorCode: z.nullish(z.string()),
        message: z.nullish(z.string()),
      }),
    ),
  ),
})

/** The undocumented refusal of the login page's own calls. */
const PageFailure = z.object({
  success: z.literal(false),
  error: z.nullish(
    z.object({ code: z.nullish(z.union([z.string(), z.number()])), message: z.nullish(z.string()) }),
  ),
})

/**
 * Returns a whole reply, checked against `schema`. Only the data proves success, not an HTTP status.
 * @throws LoginError with the broker's own words
 */
export function readReply<T>(reply: HttpReply, call: UpstoxCall, schema: z.ZodMiniType<T>): T {
  const json = readJson(reply)
  const refusal = refusalIn(json)
  if (refusal !== null) throw refusalError(reply.status, call, refusal)
  if (reply.status >= 400) throw statusError(reply.status)
  const result = schema.safeParse(json)
  if (!result.success) throw new LoginError('protocol-changed')
  return result.data
}

function refusalIn(json: unknown): Refusal | null {
  const api = ApiFailure.safeParse(json)
  if (api.success) {
    const errors = api.data.errors ?? []
    const codes = errors.map((error) => error.error_code ?? error.errorCode ?? '')
    return { codes, words: errors.map(({ message }) => message ?? '').join(' ') }
  }
  const page = PageFailure.safeParse(json)
  if (!page.success) return null
  const { code, message } = page.data.error ?? {}
  return { codes: [String(code ?? '')], words: message ?? '' }
}
