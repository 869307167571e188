import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import { Code, Words } from '../kotak/refusal-code.ts'
import { readJson } from '../kit/replies.ts'
import { refusal, type Fault, type TradeCall } from './refusals.ts'

const Refused = z.object({
  fault: z.object({
    code: Code,
    message: Words,
    description: Words,
  }),
})

/** Kotak uses both spellings of the key; its own client accepts either. */
const Wrapped = z.object({ Success: z.optional(z.unknown()), success: z.optional(z.unknown()) })

/**
 * Returns the data of a successful reply, checked against `schema`. Only data proves success, not an HTTP status.
 * @throws LoginError with Kotak's own words
 */
export function readSuccess<T>(reply: HttpReply, call: TradeCall, schema: z.ZodMiniType<T>): T {
  const json = jsonUnlessRefused(reply)
  const refused = Refused.safeParse(json)
  if (refused.success) throw refusal(reply.status, call, faultIn(refused.data))
  if (reply.status >= 400) throw refusal(reply.status, call, noFault)
  const wrapped = Wrapped.safeParse(json)
  const inner = wrapped.data?.Success ?? wrapped.data?.success
  const data = schema.safeParse(inner)
  // Missing data is never a success, not even for a schema that accepts undefined.
  if (inner === undefined || !data.success) throw new LoginError('protocol-changed')
  return data.data
}

/** Returns the JSON of a reply; null for an error reply without JSON, because its status suffices. */
function jsonUnlessRefused(reply: HttpReply): unknown {
  try {
    return readJson(reply)
  } catch (error) {
    const isRobotWall = error instanceof LoginError && error.kind === 'bot-wall'
    if (isRobotWall || reply.status < 400) throw error
    return null
  }
}

const noFault: Fault = { code: '', words: '' }

function faultIn({ fault: { code = '', message = '', description = '' } }: z.infer<typeof Refused>): Fault {
  const words = message === description ? [message] : [message, description]
  return { code: String(code), words: words.filter((text) => text !== '').join(': ') }
}
