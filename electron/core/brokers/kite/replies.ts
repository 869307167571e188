import * as z from 'zod/mini'
import type { ProblemKind } from '../../../contract/state.ts'
import { LoginError } from '../../errors.ts'
import type { HttpReply } from '../../ports.ts'
import { isUnavailable, readJson, speaksOfLock, statusError } from '../replies.ts'

/**
 * The calls that answer with Kite's JSON envelope; each gives the same refusal a meaning of its own. A `typed-code`
 * came from the user, a `code` from the TOTP secret.
 */
export type KiteCall =
  'open' | 'password' | 'code' | 'typed-code' | 'finish' | 'exchange' | 'token' | 'enctoken'

const Failure = z.object({
  status: z.literal('error'),
  message: z.nullish(z.string()),
  error_type: z.nullish(z.string()),
})
const Success = z.object({ status: z.literal('success'), data: z.unknown() })

const serverTrouble = new Set(['NetworkException', 'DataException'])

/**
 * The `data` of a successful reply, in Kite's envelope
 * (https://kite.trade/docs/connect/v3/response-structure/), checked against `schema`.
 * @throws LoginError with the broker's own words. Success is data in hand: an HTTP status alone proves nothing.
 */
export function readData<T>(reply: HttpReply, call: KiteCall, schema: z.ZodMiniType<T>): T {
  const envelope = readJson(reply)
  const failure = Failure.safeParse(envelope)
  if (failure.success) throw refusal(reply.status, call, failure.data)
  if (reply.status >= 400) throw statusError(reply.status)
  const success = Success.safeParse(envelope)
  const data = success.success ? schema.safeParse(success.data.data) : success
  if (!data.success) throw new LoginError('protocol-changed')
  return data.data
}

function refusal(status: number, call: KiteCall, failure: z.infer<typeof Failure>): LoginError {
  const words = failure.message ?? ''
  const kind = refusalKind(status, call, words, failure.error_type ?? '')
  return new LoginError(kind, {
    ...(words !== '' && { brokerWords: words }),
    notJudged: isUnavailable(status),
    ...(call === 'exchange' && kind === 'token-expired' && requestTokenGone),
    ...(call === 'typed-code' && kind === 'bad-totp' && typedCodeRefused),
  })
}

const requestTokenGone = {
  message: 'The broker did not take the request token: it works once and for a few minutes only.',
  next: 'Log in again.',
}

const typedCodeRefused = {
  message: 'Kite did not accept the code that was typed.',
  next:
    'Log in again and type the newest code. If the codes of the app are never accepted, turn on automatic time ' +
    'on your phone.',
}

/**
 * Kite names its errors loosely (the same wrong password has come as UserException, InputException and
 * GeneralException), so the call decides, and the type and words only where they are known to be exact.
 */
function refusalKind(status: number, call: KiteCall, words: string, type: string): ProblemKind {
  if (status === 429) return 'rate-limited'
  if (status >= 500 || serverTrouble.has(type)) return 'broker-down'
  switch (call) {
    case 'open':
      return 'app-config'
    case 'password':
      return speaksOfLock(words) ? 'account-locked' : 'bad-credentials'
    case 'code':
    case 'typed-code':
      if (/2fa type/i.test(words)) return 'second-factor-mismatch'
      return speaksOfLock(words) ? 'account-locked' : 'bad-totp'
    case 'finish':
      return 'protocol-changed'
    case 'exchange':
      // Anything but a wrong checksum or key means that the single-use request token is no longer good.
      return /checksum|api_key/i.test(words) ? 'app-config' : 'token-expired'
    case 'token':
      return isTokenRefused(status, type) ? 'token-expired' : 'protocol-changed'
    case 'enctoken':
      // A dead one has been answered with 400 (https://github.com/BennyThadikaran/Kite-Trader/issues/1), and nothing
      // else goes with it that could be wrong.
      return status === 400 || isTokenRefused(status, type) ? 'token-expired' : 'protocol-changed'
  }
}

const isTokenRefused = (status: number, type: string): boolean => status === 403 || type === 'TokenException'
