import * as z from 'zod/mini'
import type { HttpReply } from '../../ports.ts'
import { Words } from '../kotak/refusal-code.ts'
import { readJson, Text } from '../kit/replies.ts'
import { refusal, SESSION_DOUBTED, type NeoCall } from './refusals.ts'
import { Flag, readEnvelope } from './envelope.ts'

/** The stCode of an order, trade or position book with nothing in it, which comes in the envelope of a refusal. */
const NOTHING_IN_BOOK = '5203'

const Opened = z.object({
  data: z.object({
    token: Text,
    sid: Text,
    status: z.optional(z.literal('success')),
    baseUrl: z.optional(z.string()),
    rid: Words,
    ucc: Words,
    dataCenter: Words,
    feedUrl: Words,
    rtUrl: Words,
    isUserPwdExpired: Flag,
  }),
})

/**
 * What both steps of a login hand out; the second one also tells where to go with it. The schema leaves out all
 * else that a reply holds: `kId` is the client's PAN and `greetingName` the name.
 */
export type Session = z.infer<typeof Opened>['data']

/**
 * The session that a step of the login has opened.
 * @throws LoginError with Kotak's own words. Success is a session in hand: neither the HTTP status nor the absence
 *   of an error proves it.
 */
export function readSession(reply: HttpReply, call: Exclude<NeoCall, 'orders'>): Session {
  const json = readJson(reply)
  const opened = Opened.safeParse(json)
  if (reply.status < 400 && opened.success) return opened.data.data
  throw refusal(reply.status, call, readEnvelope(json))
}

/**
 * Returns whether Kotak calls the session invalid in a way that it has also been seen to for one that is good.
 * @throws LoginError for a reply that is no JSON
 */
export const isDoubtful = (reply: HttpReply): boolean =>
  readEnvelope(readJson(reply)).code === SESSION_DOUBTED

/**
 * Returns when Kotak has shown the order book, empty or not.
 * @throws LoginError `token-expired` when the session is refused, others when Kotak could not be asked
 */
export function checkOrderBook(reply: HttpReply): void {
  const told = readEnvelope(readJson(reply))
  const isShown = reply.status < 400 && told.isOk
  if (!isShown && told.code !== NOTHING_IN_BOOK) throw refusal(reply.status, 'orders', told)
}
