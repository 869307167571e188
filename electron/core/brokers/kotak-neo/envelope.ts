import * as z from 'zod/mini'
import { Code, Words } from '../kotak/refusal-code.ts'

/** The code, message and flags of a reply. */
export interface Envelope {
  /** Kotak's own code; empty for none, like `words`. */
  readonly code: string
  readonly words: string
  /** Whether the reply calls itself a success, as replies of the trading API do. */
  readonly isOk: boolean
  /** Whether the content is a refusal, whatever the HTTP status. */
  readonly isRefusal: boolean
  /** Whether Kotak demands a new password for the account. */
  readonly isPasswordExpired: boolean
}

/** Kotak's flag; a value of another type is ignored. */
export const Flag = z.catch(z.optional(z.boolean()), undefined)

const Layer = z.object({
  stCode: Code,
  code: Code,
  errorCode: Code,
  errMsg: Words,
  emsg: Words,
  message: Words,
  stat: Words,
  status: Words,
  isUserPwdExpired: Flag,
  greetingName: Words,
})
const EnvelopeShape = z.extend(Layer, {
  error: z.catch(z.optional(z.array(Layer)), undefined),
  fault: z.catch(z.optional(Layer), undefined),
  data: z.catch(z.optional(Layer), undefined),
})

/**
 * Reads any of Kotak's envelopes for a refusal: `{"error":[{code,message}]}`
 * (https://github.com/Kotak-Neo/Kotak-neo-api-v2/issues/2), `{errMsg}` or `{message}` at the top or in `data` with a
 * `status` other than "success" (https://github.com/marketcalls/openalgo, broker/kotak/api/auth_api.py),
 * `{"stat":"Not_Ok",stCode,errMsg}` of the trading API
 * (https://www.kotakneo.com/platform/kotak-neo-trade-api/static-ip-details), which in Kotak's documents also writes
 * `emsg`, and the gateway's `{code,message}`, bare or in `fault`.
 */
export function readEnvelope(json: unknown): Envelope {
  const envelope = EnvelopeShape.safeParse(json)
  if (!envelope.success)
    return { code: '', words: '', isOk: false, isRefusal: false, isPasswordExpired: false }
  const { error = [], fault, data } = envelope.data
  const layers = [envelope.data, fault, ...error, data].filter((layer) => layer !== undefined)
  const code = layers.map((layer) => layer.stCode ?? layer.code ?? layer.errorCode).find(isPresent)
  const words = layers.map(({ errMsg, emsg, message }) => errMsg ?? emsg ?? message).find(isPresent)
  const isFailed = layers.some(
    ({ stat = 'Ok', status = 'success' }) => !isOkStatus(stat) || status !== 'success',
  )
  const isPasswordExpired = layers.some(({ isUserPwdExpired }) => isUserPwdExpired === true)
  return {
    code: String(code ?? ''),
    words: withoutPerson(
      words ?? '',
      layers.map(({ greetingName }) => greetingName),
    ),
    isOk: envelope.data.stat !== undefined && !isFailed,
    isRefusal: isFailed || isPasswordExpired || words !== undefined || error.length > 0,
    isPasswordExpired,
  }
}

const isPresent = <T>(value: T | undefined): value is T => value !== undefined
const isOkStatus = (stat: string): boolean => stat.toLowerCase() === 'ok'

/** Removes the client's PAN, which Kotak's replies hold as `kId`, and the names in a reply. */
function withoutPerson(words: string, names: readonly (string | undefined)[]): string {
  const known = names.filter((name) => name !== undefined && name !== '')
  return known
    .reduce<string>((text, name = '') => text.replaceAll(name, '[name]'), words)
    .replaceAll(/\b[A-Z]{5}\d{4}[A-Z]\b/gi, '[PAN]')
}
