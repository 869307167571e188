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
/** Kotak spells the key in both ways; its own client looks for either. */
const Wrapped = z.object({ Success: z.optional(z.unknown()), success: z.optional(z.unknown()) })

/**
 * What a successful reply holds, checked against `schema`.
 * @throws LoginError with Kotak's own words. Success is data in hand: an HTTP status alone proves nothing.
 */
export function readSuccess<T>(reply: HttpReply, call: TradeCall, schema: z.ZodMiniType<T>): T {
  const json = jsonUnlessRefused(reply)
  const refused = Refused.safeParse(json)
  if (refused.success) throw refusal(reply.status, call, faultIn(refused.data))
  if (reply.status >= 400) throw refusal(reply.status, call, noFault)
  const wrapped = Wrapped.safeParse(json)
  const inner = wrapped.data?.Success ?? wrapped.data?.success
  const data = schema.safeParse(inner)
  // No schema may take nothing at all for a success.
  if (inner === undefined || !data.success) throw new LoginError('protocol-changed')
  return data.data
}

/** The JSON of a reply; null for an error without any, whose status says enough. */
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
