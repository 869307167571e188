import * as z from 'zod/mini'
import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import { envelopeReader } from '../kit/envelopes.ts'
import { readRefusal } from '../kit/refusals.ts'
import { readJson, statusError } from '../kit/replies.ts'
import { refusals, type KiteCall } from './refusals.ts'

export type { KiteCall } from './refusals.ts'

/** https://kite.trade/docs/connect/v3/response-structure/ */
const readEnvelope = envelopeReader({
  code: ['error_type'],
  words: ['message'],
  refused: { status: ['error'] },
})
const Success = z.object({ status: z.literal('success'), data: z.unknown() })

/**
 * Returns the `data` of a successful reply in Kite's envelope, checked against `schema`. Only data proves success, not
 * an HTTP status.
 * @throws LoginError with the broker's own words
 */
export function readData<T>(reply: HttpReply, call: KiteCall, schema: z.ZodMiniType<T>): T {
  const json = readJson(reply)
  const envelope = readEnvelope(json)
  if (envelope.isRefusal) throw readRefusal(refusals, call, reply.status, envelope).error
  if (reply.status >= 400) throw statusError(reply.status)
  const success = Success.safeParse(json)
  const data = success.success ? schema.safeParse(success.data.data) : success
  if (!data.success) throw new LoginError('protocol-changed')
  return data.data
}
