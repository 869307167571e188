import { formOf, jsonOf, type PracticeRequest } from '../exchange.ts'

/** Headers that describe the transport and carry no secret. */
const STANDARD_HEADER = /^(?:host|connection|accept.*|content-.*|user-agent)$/

/** Returns every value of a request that could be a secret, from query, body and headers. */
export function everythingSent(request: PracticeRequest): string[] {
  const { authorization = '', cookie = '', ...others } = request.headers
  const headers = Object.entries(others)
    .filter(([name]) => !STANDARD_HEADER.test(name))
    .flatMap(([, value = '']) => value)
  const query = request.url.searchParams.values()
  return [...query, ...bodyValues(request), authorization, cookie, ...headers].filter((value) => value !== '')
}

function bodyValues(request: PracticeRequest): string[] {
  const form = formOf(request)
  if (form !== undefined) return [...form.values()]
  const json = jsonOf(request)
  // A body that cannot be parsed is repeated as a whole.
  return json === undefined ? [request.body] : textsIn(json)
}

/** Returns the texts and numbers in a JSON value, at any depth. */
function textsIn(json: unknown): string[] {
  const texts: string[] = []
  JSON.stringify(json, (_, value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number') texts.push(String(value))
    return value
  })
  return texts
}
