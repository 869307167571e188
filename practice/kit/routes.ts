import { headerOf, type Handler, type PracticeRequest, type Reply } from '../exchange.ts'

/** Returns a handler that refuses a request if a named header is missing or empty. Names are in lower case. */
export const withHeaders =
  (names: readonly string[], refuse: (missing: string) => Reply, handler: Handler): Handler =>
  (request) => {
    const missing = names.find((name) => headerOf(request, name) === '')
    return missing === undefined ? handler(request) : refuse(missing)
  }

/** Returns the token behind `Bearer`; empty for any other `Authorization`. */
export const bearerOf = (request: PracticeRequest): string =>
  /^Bearer (\S+)$/.exec(headerOf(request, 'authorization'))?.[1] ?? ''
