import { formOf, jsonOf, type PracticeRequest } from '../exchange.ts'

/** Headers that say how a request was made, not what was asked. */
const STANDARD_HEADER = /^(?:host|connection|accept.*|content-.*|user-agent)$/

/** Every value that a request holds and that could be a secret: in its query, its body and its headers. */
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
  // What cannot be taken apart is repeated whole.
  return json === undefined ? [request.body] : textsIn(json)
}

/** The texts and numbers in what JSON said, however deep. */
function textsIn(json: unknown): string[] {
  const texts: string[] = []
  JSON.stringify(json, (_, value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number') texts.push(String(value))
    return value
  })
  return texts
}
