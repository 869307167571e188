import { envelopeReader, textAt } from '../kit/envelopes.ts'
import type { Envelope } from '../kit/refusals.ts'

/** The code that stands for `isUserPwdExpired`, where Kotak sends none beside it. */
export const PASSWORD_EXPIRED = 'password expired'

/** The stCode of an empty order, trade or position book, which comes in the envelope of a refusal. */
const NOTHING_IN_BOOK = '5203'

const layers = ['', 'fault.', 'error.0.', 'error.1.', 'data.']
const inLayers = (...names: readonly string[]): string[] =>
  layers.flatMap((layer) => names.map((name) => `${layer}${name}`))
const everywhere = (name: string, values: readonly string[]) =>
  Object.fromEntries(inLayers(name).map((place) => [place, values]))

const read = envelopeReader({
  code: inLayers('stCode', 'code', 'errorCode'),
  words: inLayers('errMsg', 'emsg', 'message'),
  good: { ...everywhere('stat', ['ok']), ...everywhere('status', ['success']) },
})

/**
 * Reads any of Kotak's envelopes: `{"error":[{code,message}]}`
 * (https://github.com/Kotak-Neo/Kotak-neo-api-v2/issues/2), `{errMsg}` or `{message}` at the top or in `data` with a
 * `status` other than "success" (https://github.com/marketcalls/openalgo, broker/kotak/api/auth_api.py),
 * `{"stat":"Not_Ok",stCode,errMsg}` of the trading API
 * (https://www.kotakneo.com/platform/kotak-neo-trade-api/static-ip-details), which in Kotak's documents also writes
 * `emsg`, and the gateway's `{code,message}`, bare or in `fault`. A status may be in Kotak's code.
 */
export function readEnvelope(json: unknown): Envelope {
  const { code, words, isRefusal } = read(json)
  const isExpired = inLayers('isUserPwdExpired').some((place) => textAt(json, place) === 'true')
  return {
    code: code === '' && isExpired ? PASSWORD_EXPIRED : code,
    words: withoutPerson(words, json),
    isRefusal: isRefusal && code !== NOTHING_IN_BOOK,
    ...(/^[45]\d\d$/.test(code) && { status: Number(code) }),
  }
}

/** Removes the client's PAN, which Kotak's replies hold as `kId`, and the names in a reply. */
function withoutPerson(words: string, json: unknown): string {
  const names = inLayers('greetingName').map((place) => textAt(json, place))
  return names
    .filter((name) => name !== '')
    .reduce((text, name) => text.replaceAll(name, '[name]'), words)
    .replaceAll(/\b[A-Z]{5}\d{4}[A-Z]\b/gi, '[PAN]')
}
