import * as z from 'zod/mini'
import type { HttpReply } from '../../ports.ts'
import { Words } from '../kotak/refusal-code.ts'
import { readJson, Text } from '../kit/replies.ts'
import { refusal, SESSION_MAYBE_VALID, type NeoCall } from './refusals.ts'
import { Flag, readEnvelope } from './envelope.ts'

/** The stCode of an empty order, trade or position book, which comes in the envelope of a refusal. */
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
 * The session that each login step opens; the second step also names the trading host. The schema drops all other
 * values, because `kId` is the client's PAN and `greetingName` the client's name.
 */
export type Session = z.infer<typeof Opened>['data']

/**
 * Returns the session that a login step has opened. Only a session proves success, not the HTTP status or the
 * absence of an error.
 * @throws LoginError with Kotak's own words
 */
export function readSession(reply: HttpReply, call: Exclude<NeoCall, 'orders'>): Session {
  const json = readJson(reply)
  const opened = Opened.safeParse(json)
  if (reply.status < 400 && opened.success) return opened.data.data
  throw refusal(reply.status, call, readEnvelope(json))
}

/**
 * Returns whether Kotak refuses the session with the code that it also sends for valid sessions.
 * @throws LoginError for invalid JSON
 */
export const isDoubtful = (reply: HttpReply): boolean =>
  readEnvelope(readJson(reply)).code === SESSION_MAYBE_VALID

/**
 * Checks that a reply is the order book, empty or not.
 * @throws LoginError `token-expired` when Kotak refuses the session, other kinds when the session was not judged
 */
export function checkOrderBook(reply: HttpReply): void {
  const envelope = readEnvelope(readJson(reply))
  const isShown = reply.status < 400 && envelope.isOk
  if (!isShown && envelope.code !== NOTHING_IN_BOOK) throw refusal(reply.status, 'orders', envelope)
}
